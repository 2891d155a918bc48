package io.pms.standalone;

import io.pms.embedded.DataDirectory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The platform in this process: embedded servers, then everything that uses them. It stops in the
 * reverse order, also on Ctrl-C.
 */
final class Platform implements AutoCloseable {
    private final DataDirectory directory;
    private final EmbeddedServers servers;
    private final ConfigurableApplicationContext context;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Platform(
            DataDirectory directory,
            EmbeddedServers servers,
            ConfigurableApplicationContext context) {
        this.directory = directory;
        this.servers = servers;
        this.context = context;
    }

    /** The application: what the modules on the class path configure. */
    @SpringBootApplication
    static class Application {}

    static Platform start(DataDirectory directory, int port, Map<String, String> environment) {
        EmbeddedServers servers = EmbeddedServers.start(directory.path(), environment);
        try {
            Progress.say("starting the platform");
            SpringApplicationBuilder builder =
                    new SpringApplicationBuilder(Application.class)
                            .bannerMode(Banner.Mode.OFF)
                            .registerShutdownHook(false)
                            .properties(properties(directory, port))
                            .properties(servers.properties(environment));
            Platform platform = new Platform(directory, servers, builder.run());
            // One hook for all, because hooks run side by side and servers must outlive their
            // users.
            Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop"));
            return platform;
        } catch (RuntimeException e) {
            servers.close();
            directory.close();
            throw e;
        }
    }

    private static Map<String, Object> properties(DataDirectory directory, int port) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", port);
        properties.put("management.server.port", port + 1);
        properties.put("pms.data", directory.path().toString());
        properties.put("logging.file.name", directory.path().resolve("logs/pms.log").toString());
        return properties;
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        context.close();
        servers.close();
        directory.close();
        ended.countDown();
    }
}
