package io.pms.query;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import io.pms.log.EventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Command side, projections and query side in one application on a free port, for tests. */
final class QueryServer implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** Refusals that say to come again. */
    private static final Set<String> NOT_YET =
            Set.of("projection-behind", "projections-unavailable", "projection-rebuilding");

    /** What the application's queries take for now. */
    static final Instant NOW = Instant.parse("2026-01-06T00:00:00Z");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final int port;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        InstantSource fixedClock() {
            return InstantSource.fixed(NOW);
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        /** Clients that do not read are noticed after kilobytes, not megabytes. */
        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallSendBuffers() {
            return factory ->
                    factory.addConnectorCustomizers(
                            connector -> connector.setProperty("socket.txBufSize", "16384"));
        }
    }

    private static final class Shared {
        static final QueryServer SERVER = new QueryServer(SharedServers.redis());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** One for all tests that break nothing; each takes tenants of its own. */
    static QueryServer shared() {
        return Shared.SERVER;
    }

    QueryServer(EmbeddedRedis redis) {
        this(redis, SharedServers.freshDatabase(), Map.of());
    }

    /**
     * @param redis where Redis is, as Spring Boot takes it
     */
    QueryServer(Map<String, Object> redis) {
        this(redis, SharedServers.freshDatabase(), Map.of());
    }

    /**
     * @param database where others may have left something
     * @param properties that only this one has
     */
    QueryServer(
            EmbeddedRedis redis, SharedServers.Database database, Map<String, Object> properties) {
        this(Map.of("spring.data.redis.url", redis.url()), database, properties);
    }

    private QueryServer(
            Map<String, Object> redis,
            SharedServers.Database database,
            Map<String, Object> properties) {
        context =
                new SpringApplicationBuilder(Application.class)
                        .properties(redis)
                        .properties(
                                Map.of(
                                        "server.port", "0",
                                        "server.address", "127.0.0.1",
                                        "spring.threads.virtual.enabled", "true",
                                        "pms.log.url", database.applicationUrl(),
                                        "pms.log.owner-url", database.ownerUrl(),
                                        "pms.data", SharedServers.dataDirectory(),
                                        "pms.live.heartbeat", "200ms",
                                        "spring.main.banner-mode", "off",
                                        "logging.level.root", "ERROR"))
                        .properties(properties)
                        .run();
        port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    int port() {
        return port;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Stops a part of the application, as its end begins with. */
    void stop(String lifecycle) {
        context.getBean(lifecycle, SmartLifecycle.class).stop();
    }

    /** An answer with its body read as JSON. */
    record Answer(int status, JsonNode body, HttpResponse<String> http) {
        String kind() {
            return body.path("type").asString("").replace("urn:pms:problem:", "");
        }

        String id() {
            return body.path("aggregateId").asString();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        long position() {
            return Long.parseLong(header("PMS-Position"));
        }

        List<String> ids() {
            return items().stream().map(item -> item.path("id").asString()).toList();
        }

        List<JsonNode> items() {
            return body.path("items").valueStream().toList();
        }

        String nextCursor() {
            return body.path("nextCursor").asString(null);
        }
    }

    Answer command(String tenant, String name, Object body) {
        return send(
                HttpRequest.newBuilder(uri("/api/commands/" + name))
                        .header("Content-Type", "application/json")
                        .header("X-Tenant", tenant)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** A command that must be accepted. */
    Answer accepted(String tenant, String name, Object body) {
        Answer answer = command(tenant, name, body);
        if (answer.status() != 200)
            throw new AssertionError(name + " " + body + ": " + answer.body());
        return answer;
    }

    Answer get(String tenant, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).header("X-Tenant", tenant).GET();
        if (headers.length > 0) request.headers(headers);
        return send(request.timeout(Duration.ofSeconds(90)));
    }

    /**
     * Appends an event that no command leads to.
     *
     * @return its position
     */
    long append(String tenant, String aggregateId, long sequence, String type, String data) {
        NewEvent event =
                new NewEvent(
                        null,
                        type,
                        aggregateId,
                        sequence,
                        1,
                        tenant,
                        "ann",
                        null,
                        null,
                        null,
                        null,
                        null,
                        data.getBytes(StandardCharsets.UTF_8));
        return bean(EventLog.class).append(new Unit(List.of(event), null)).join().lastPosition();
    }

    /** A request without a body. */
    Answer post(String tenant, String path) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("X-Tenant", tenant)
                        .POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Data that hold a position, however often it takes to ask for them. */
    Answer getAt(long position, String tenant, String path) {
        return await().pollDelay(Duration.ZERO)
                .until(
                        () -> getAtOnce(position, tenant, path),
                        answer -> !NOT_YET.contains(answer.kind()));
    }

    /** Data that hold a position, or why there are none at once. */
    Answer getAtOnce(long position, String tenant, String path) {
        return get(tenant, path, "PMS-Min-Position", String.valueOf(position));
    }

    /** Every page, one after the other. */
    List<Answer> pages(String tenant, String path, int limit) {
        List<Answer> pages = new ArrayList<>();
        String cursor = null;
        do {
            String page = path + (path.contains("?") ? "&" : "?") + "limit=" + limit;
            Answer answer = get(tenant, cursor == null ? page : page + "&cursor=" + cursor);
            if (answer.status() != 200) throw new AssertionError(page + ": " + answer.body());
            pages.add(answer);
            cursor = answer.nextCursor();
        } while (cursor != null);
        return pages;
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(
                    answer.statusCode(),
                    json ? JSON.readTree(answer.body()) : JSON.createObjectNode(),
                    answer);
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
