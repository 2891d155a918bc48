package io.pms.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server that answers what it is told to, and remembers what it was asked. */
final class FakePlatform implements AutoCloseable {
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile Function<Asked, String> body = request -> "{}";

    /** A request. A header that it does not have is null. */
    record Asked(
            String method,
            String path,
            String tenant,
            String idempotencyKey,
            String minPosition,
            String body) {}

    FakePlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Positions are counted from 0. */
    private void answer(HttpExchange exchange) throws IOException {
        Asked request =
                new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("X-Tenant"),
                        exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                        exchange.getRequestHeaders().getFirst("PMS-Min-Position"),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.getResponseHeaders().set("PMS-Position", String.valueOf(asked.size()));
        asked.add(request);
        byte[] answer = body.apply(request).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void refuse(int withStatus) {
        status = withStatus;
    }

    void answer(Function<Asked, String> with) {
        body = with;
    }

    List<String> paths() {
        return asked.stream().map(Asked::path).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
