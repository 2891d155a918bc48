package io.pms.command;

import io.pms.command.CommandClient.Answer;
import io.pms.embedded.SharedServers;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A command side with its HTTP API on a free port, for tests. */
public final class CommandServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final CommandClient client;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    public CommandServer(SharedServers.Database database) {
        this(database.ownerUrl(), database.applicationUrl());
    }

    CommandServer(String ownerUrl, String applicationUrl) {
        this(ownerUrl, applicationUrl, application -> {});
    }

    /**
     * By another clock, which policies follow closely.
     *
     * @param commands what they are dispatched through
     */
    public CommandServer(
            String ownerUrl,
            String applicationUrl,
            InstantSource clock,
            UnaryOperator<Commands> commands) {
        this(
                ownerUrl,
                applicationUrl,
                application ->
                        application
                                .properties(
                                        "pms.policies.poll-interval=20ms",
                                        "pms.policies.claim-interval=200ms")
                                .initializers(context ->
                                        replace(
                                                (GenericApplicationContext) context,
                                                clock,
                                                commands)));
    }

    private static void replace(
            GenericApplicationContext context,
            InstantSource clock,
            UnaryOperator<Commands> commands) {
        context.registerBean(InstantSource.class, () -> clock);
        BeanPostProcessor wrapping =
                new BeanPostProcessor() {
                    @Override
                    public Object postProcessAfterInitialization(Object bean, String name) {
                        return bean instanceof Commands original ? commands.apply(original) : bean;
                    }
                };
        context.registerBean(BeanPostProcessor.class, () -> wrapping);
    }

    private CommandServer(
            String ownerUrl, String applicationUrl, Consumer<SpringApplicationBuilder> more) {
        SpringApplicationBuilder application =
                new SpringApplicationBuilder(Application.class)
                        .properties(
                                Map.of(
                                        "server.port", "0",
                                        "server.address", "127.0.0.1",
                                        "spring.threads.virtual.enabled", "true",
                                        "pms.log.url", applicationUrl,
                                        "pms.log.owner-url", ownerUrl,
                                        "pms.data", SharedServers.dataDirectory(),
                                        "spring.main.banner-mode", "off",
                                        "logging.level.root", "WARN"));
        more.accept(application);
        context = application.run();
        client =
                new CommandClient(
                        Integer.parseInt(
                                context.getEnvironment().getProperty("local.server.port", "0")));
    }

    int port() {
        return client.port();
    }

    public <T> T bean(Class<T> type) {
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
