package io.pms.archive.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.archive.ArchiveStatus;
import io.pms.embedded.SharedServers;
import io.pms.log.EventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A log with an archive in a folder and its endpoints on a free port, for tests. */
final class LogServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path folder = SharedServers.temporary("served").resolve("archive");
    private final ConfigurableApplicationContext context;
    private final int port;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    LogServer(Map<String, Object> properties) {
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
                                        "pms.archive.url", "file:" + folder,
                                        "pms.archive.interval", "20ms",
                                        "PMS_SIGNING_KEY",
                                                Base64.getEncoder().encodeToString(new byte[32]),
                                        "spring.main.banner-mode", "off",
                                        "logging.level.root", "ERROR"))
                        .properties(Map.of("pms.data", SharedServers.dataDirectory()))
                        .properties(properties)
                        .run();
        port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Ends a part of the application, as its end does. */
    void stop(String bean) {
        try {
            ((AutoCloseable) context.getBean(bean)).close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** Appends so many events of an organisation. */
    void append(String tenant, int events) {
        for (int done = 0; done < events; ) {
            int size = Math.min(200, events - done);
            List<NewEvent> unit = new ArrayList<>();
            String subject = UUID.randomUUID().toString();
            for (int i = 0; i < size; i++) unit.add(event(tenant, subject, i));
            bean(EventLog.class).append(new Unit(unit, null)).join();
            done += size;
        }
    }

    private static NewEvent event(String tenant, String subject, int sequence) {
        byte[] data = "{\"text\":\"é\"}".getBytes(StandardCharsets.UTF_8);
        return new NewEvent(
                null,
                "pms.test.Happened.v1",
                subject,
                sequence,
                1,
                tenant,
                "ann",
                null,
                null,
                null,
                null,
                null,
                data);
    }

    /** The same, and waits until all of the log is behind a checkpoint. */
    void archive(String tenant, int events) {
        append(tenant, events);
        ArchiveStatus status = bean(ArchiveStatus.class);
        long size = bean(EventLog.class).head().size();
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(
                        () -> assertThat(status.archived()).as(status.problem()).isEqualTo(size));
    }

    /** An answer and its body. */
    record Answer(int status, byte[] body, HttpResponse<byte[]> http) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        String kind() {
            return json().path("type").asString("").replace("urn:pms:problem:", "");
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, headers);
    }

    Answer send(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) request.headers(headers);
        try {
            HttpResponse<byte[]> answer =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
