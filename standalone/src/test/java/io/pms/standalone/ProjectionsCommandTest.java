package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Against answers in an order that a platform gives now and then. */
class ProjectionsCommandTest {
    private static final String STATUS =
            """
            {"name": "tasks", "position": 9, "complete": true, "building": %s,
             "partitions": [{"number": 0, "servingGeneration": 3}, {"number": 1, "servingGeneration": %d}]}
            """;

    private static final String BEFORE = STATUS.formatted("null", 1);
    private static final String BUILDING =
            STATUS.formatted("{\"version\": 2, \"events\": 4, \"of\": 10}", 1);
    private static final String BUILT = STATUS.formatted("null", 2);

    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = answers.remove().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aRebuildHasEndedWhenWhatWasBegunServesAndNotBefore() {
        String begun =
                "{\"begun\": 1, \"generations\": [3, 2], \"projection\": %s}".formatted(BEFORE);
        answers.addAll(List.of(begun, BEFORE, BUILDING, BEFORE, BUILT));
        int code =
                new CommandLine(new ProjectionsCommand())
                        .execute(
                                "rebuild",
                                "tasks",
                                "--url",
                                "http://127.0.0.1:" + server.getAddress().getPort());
        assertThat(code).isZero();
        assertThat(answers).isEmpty();
    }
}
