package io.pms.standalone;

import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The whole application in this process, on a free port. */
final class ApiServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Web web;

    ApiServer() {
        this(Map.of());
    }

    /**
     * @param more properties
     */
    ApiServer(Map<String, Object> more) {
        SharedServers.Database database = SharedServers.freshDatabase();
        context =
                new SpringApplicationBuilder(Platform.Application.class)
                        .properties(
                                Map.of(
                                        "server.port",
                                        "0",
                                        "management.server.port",
                                        "0",
                                        "pms.log.url",
                                        database.applicationUrl(),
                                        "pms.log.owner-url",
                                        database.ownerUrl(),
                                        "pms.data",
                                        SharedServers.dataDirectory(),
                                        "spring.data.redis.url",
                                        SharedServers.redis().url(),
                                        "spring.main.banner-mode",
                                        "off"))
                        .properties(more)
                        .run();
        web =
                new Web(
                        Integer.parseInt(
                                context.getEnvironment().getProperty("local.server.port", "0")));
        // The Redis that is shared may hold another log's projections, which are built anew first.
        await().atMost(Duration.ofSeconds(60)).until(this::showsTheLog);
    }

    private boolean showsTheLog() {
        return Stream.of("/api/tasks", "/api/projects", "/api/people", "/api/activity")
                .allMatch(list -> web.get(list).status() == 200);
    }

    Web web() {
        return web;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** What controllers answer, for example {@code GET /api/tasks}. */
    Set<String> endpoints() {
        return context
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(info -> requests(info).stream())
                .filter(request -> request.contains(" /api/") || request.contains(" /log/"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> requests(RequestMappingInfo info) {
        return info.getMethodsCondition().getMethods().stream()
                .flatMap(method ->
                        info.getPatternValues().stream()
                                .map(path -> method + " " + path.replace("{*", "{")))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        context.close();
    }
}
