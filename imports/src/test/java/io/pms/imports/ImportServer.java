package io.pms.imports;

import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.log.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command side with the import API on a free port, for tests. */
final class ImportServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final int port;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    ImportServer() {
        SharedServers.Database database = SharedServers.freshDatabase();
        context =
                new SpringApplicationBuilder(Application.class)
                        .properties(
                                Map.of(
                                        "server.port", "0",
                                        "server.address", "127.0.0.1",
                                        "spring.threads.virtual.enabled", "true",
                                        "pms.log.url", database.applicationUrl(),
                                        "pms.log.owner-url", database.ownerUrl(),
                                        "pms.data", SharedServers.dataDirectory(),
                                        "spring.main.banner-mode", "off",
                                        "logging.level.root", "WARN"))
                        .run();
        port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A tenant that nobody else has. */
    static String tenant() {
        return UUID.randomUUID().toString();
    }

    /** An answer's lines; a problem document is one line. */
    record Answer(int status, String type, List<JsonNode> lines) {
        JsonNode last() {
            return lines.getLast();
        }

        String kind() {
            return last().path("type").asString("").replace("urn:pms:problem:", "");
        }

        String detail() {
            return last().path("detail").asString();
        }

        Summary summary() {
            return JSON.treeToValue(last(), Summary.class);
        }
    }

    Answer post(String query, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/imports" + query))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) request.headers(headers);
        try {
            HttpResponse<String> answer =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body().lines().map(JSON::readTree).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer send(String tenant, String file, byte[] body) {
        return post(
                "?file=" + URLEncoder.encode(file, StandardCharsets.UTF_8),
                body,
                "X-Tenant",
                tenant,
                "X-Actor",
                "importer");
    }

    /** As a file that must be taken. */
    Summary take(String tenant, String file, byte[] body) {
        Answer answer = send(tenant, file, body);
        if (!answer.last().has("project"))
            throw new AssertionError(answer.status() + " " + answer.last());
        return answer.summary();
    }

    long logSize() {
        return bean(EventLog.class).head().size();
    }

    List<Entry> entries(String tenant) {
        List<Entry> entries = new ArrayList<>();
        bean(EventLog.class).stream(
                0,
                entry -> {
                    if (tenant.equals(entry.tenant())) entries.add(entry);
                });
        return entries;
    }

    @Override
    public void close() {
        context.close();
    }
}
