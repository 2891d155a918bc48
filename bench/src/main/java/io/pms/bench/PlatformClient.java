package io.pms.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/**
 * A member of an organisation, or many of them, at the platform's HTTP interface, on connections
 * that are kept. Thread-safe.
 */
final class PlatformClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI platform;
    private final String tenant;

    PlatformClient(URI platform, String tenant) {
        this.platform = platform;
        this.tenant = tenant;
    }

    /**
     * Sends a command with an idempotency key of its own.
     *
     * @return the position from which on queries show it
     * @throws IOException when it is refused
     */
    long command(String command, String body) throws IOException, InterruptedException {
        HttpRequest request =
                request("/api/commands/" + command)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return send(command, request)
                .headers()
                .firstValueAsLong("PMS-Position")
                .orElseThrow(() -> new IOException(command + " was answered without a position"));
    }

    /**
     * @throws IOException when it is not answered
     */
    String get(String path) throws IOException, InterruptedException {
        return send(path, request(path).build()).body();
    }

    /**
     * @param minPosition what the answer must show
     * @throws IOException when it is not answered
     */
    String get(String path, long minPosition) throws IOException, InterruptedException {
        HttpRequest request =
                request(path).header("PMS-Min-Position", String.valueOf(minPosition)).build();
        return send(path, request).body();
    }

    /**
     * Asks for something to be done, without saying more.
     *
     * @throws IOException when it is refused
     */
    String post(String path) throws IOException, InterruptedException {
        BodyPublisher nothing = BodyPublishers.noBody();
        return send(path, request(path).POST(nothing).build()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(platform.resolve(path))
                .timeout(TIMEOUT)
                .header("X-Tenant", tenant);
    }

    private HttpResponse<String> send(String what, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2)
            throw new IOException(
                    what + " was answered " + response.statusCode() + ": " + response.body());
        return response;
    }

    @Override
    public void close() {
        http.close();
    }
}
