package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a platform. */
record Web(int port) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** An answer; its last line as JSON. */
    record Answer(int status, JsonNode json, HttpResponse<String> http) {
        String kind() {
            return json.path("type").asString("").replace("urn:pms:problem:", "");
        }
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer command(String name, String body, String... headers) {
        return send(
                request("/api/commands/" + name, headers)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer upload(String query, byte[] body) {
        return send(
                request("/api/imports" + query).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer upload(Path file) {
        try {
            return upload("?file=" + file.getFileName(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An event of a stream, and the answer that it came with. */
    record Event(String type, JsonNode data, HttpResponse<?> http) {}

    /** The first event of a stream, which is left then. */
    Event firstEvent(String path, String... headers) {
        try {
            HttpResponse<InputStream> answer =
                    CLIENT.send(
                            request(path, headers).GET().build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                String type = lineThatBegins(lines, "event: ");
                return new Event(type, JSON.readTree(lineThatBegins(lines, "data: ")), answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rest of it. */
    private static String lineThatBegins(BufferedReader lines, String begin) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine())
            if (line.startsWith(begin)) return line.substring(begin.length());
        throw new EOFException("no line begins with " + begin);
    }

    /** After a start other things are caught up with first. */
    void awaitHealthy() {
        await().atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> {
                    Answer health = get("/api/health");
                    assertThat(health.json().path("status").asString())
                            .as("%s", health.json())
                            .isEqualTo("healthy");
                });
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json(answer.body()), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String body) {
        String[] lines = body.strip().split("\n");
        try {
            return JSON.readTree(lines[lines.length - 1]);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
