package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what it is told to. */
class TaskCommandsTest {
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;
    private TaskCommands commands;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    paths.add(exchange.getRequestURI().getPath());
                    keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        commands =
                new TaskCommands(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        commands.close();
        server.stop(0);
    }

    @Test
    void createsATaskThenMovesIt() throws Exception {
        commands.createProject();
        for (int i = 0; i < 4; i++) commands.send();
        assertThat(paths)
                .containsExactly(
                        "/api/commands/CreateProject",
                        "/api/commands/CreateTask",
                        "/api/commands/ChangeTaskStatus",
                        "/api/commands/CreateTask",
                        "/api/commands/ChangeTaskStatus");
        assertThat(keys).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void failsWhenACommandIsRefused() {
        status = 503;
        assertThatThrownBy(commands::send)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CreateTask was answered 503");
    }
}
