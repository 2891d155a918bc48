package io.pms.command;

import io.pms.embedded.SharedServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command side with its HTTP API on a free port, for tests. */
final class CommandServer implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final int port;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    CommandServer(SharedServers.Database database) {
        this(database.ownerUrl(), database.applicationUrl());
    }

    CommandServer(String ownerUrl, String applicationUrl) {
        context =
                new SpringApplicationBuilder(Application.class)
                        .properties(
                                Map.of(
                                        "server.port", "0",
                                        "server.address", "127.0.0.1",
                                        "spring.threads.virtual.enabled", "true",
                                        "pms.log.url", applicationUrl,
                                        "pms.log.owner-url", ownerUrl,
                                        "spring.main.banner-mode", "off",
                                        "logging.level.root", "WARN"))
                        .run();
        port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    int port() {
        return port;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** An answer with its body read as JSON. */
    record Answer(int status, JsonNode body, HttpResponse<String> http) {
        String kind() {
            return body.path("type").asString("").replace("urn:pms:problem:", "");
        }

        String id() {
            return body.path("aggregateId").asString();
        }
    }

    Answer command(String name, String body, String... headers) {
        return post("/api/commands/" + name, "application/json", body, headers);
    }

    Answer post(String path, String type, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        try {
            HttpResponse<String> answer =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json =
                    answer.headers().firstValue("Content-Type").orElse("").contains("json")
                            && !type.contains("ndjson");
            return new Answer(
                    answer.statusCode(),
                    json ? JSON.readTree(answer.body()) : JSON.createObjectNode(),
                    answer);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
