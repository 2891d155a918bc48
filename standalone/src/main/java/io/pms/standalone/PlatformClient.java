package io.pms.standalone;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running platform, asked over HTTP as {@code PMS_TENANT} and {@code PMS_ACTOR}. */
final class PlatformClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Longer than any question here takes, also while Redis hangs. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI url;
    private final String tenant;
    private final HttpClient http = HttpClient.newHttpClient();

    PlatformClient(URI url) {
        this(url, System.getenv().getOrDefault("PMS_TENANT", "default"));
    }

    /** The same for an organisation. */
    PlatformClient(URI url, String tenant) {
        this.url = url;
        this.tenant = tenant;
    }

    JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(String path) throws InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        Map<String, String> environment = System.getenv();
        return HttpRequest.newBuilder(URI.create(url.toString().replaceFirst("/+$", "") + path))
                .timeout(TIMEOUT)
                .header("X-Tenant", tenant)
                .header("X-Actor", environment.getOrDefault("PMS_ACTOR", "default"));
    }

    private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> answer = answer(request.build());
        JsonNode body = json(answer);
        if (answer.statusCode() / 100 == 2) return body;
        throw new IllegalStateException(
                body.path("title").asString("") + ": " + body.path("detail").asString(""));
    }

    private HttpResponse<String> answer(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw silent(url, e);
        } catch (IOException e) {
            throw new IllegalStateException("the platform stopped before it answered", e);
        }
    }

    /** Nobody is there. */
    static IllegalStateException silent(URI url, ConnectException cause) {
        return new IllegalStateException(
                "nothing answers at "
                        + url
                        + "; start it with ./pms up, or say where it is with --url",
                cause);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "the platform answered " + answer.statusCode() + ": " + answer.body(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
