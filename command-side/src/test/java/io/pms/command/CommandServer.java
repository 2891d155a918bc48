package io.pms.command;

import io.pms.command.CommandClient.Answer;
import io.pms.embedded.SharedServers;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A command side with its HTTP API on a free port, for tests. */
final class CommandServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final CommandClient client;

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
        client =
                new CommandClient(
                        Integer.parseInt(
                                context.getEnvironment().getProperty("local.server.port", "0")));
    }

    int port() {
        return client.port();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Answer command(String name, String body, String... headers) {
        return client.command(name, body, headers);
    }

    Answer post(String path, String type, String body, String... headers) {
        return client.post(path, type, body, headers);
    }

    @Override
    public void close() {
        context.close();
    }
}
