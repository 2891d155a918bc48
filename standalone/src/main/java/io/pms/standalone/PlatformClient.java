package io.pms.standalone;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running platform, asked over HTTP as {@code PMS_TENANT} and {@code PMS_ACTOR}. */
final class PlatformClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Longer than any question here takes, also while Redis hangs. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final URI url;
    private final String tenant;
    private final Duration patience;
    private final HttpClient http = HttpClient.newHttpClient();

    PlatformClient(URI url) {
        this(url, System.getenv().getOrDefault("PMS_TENANT", "default"), Duration.ZERO);
    }

    private PlatformClient(URI url, String tenant, Duration patience) {
        this.url = url;
        this.tenant = tenant;
        this.patience = patience;
    }

    /** Asks again for a minute what is answered 503: not yet. */
    static PlatformClient patient(URI url) {
        return patient(url, "default");
    }

    /** The same for an organisation. */
    static PlatformClient patient(URI url, String tenant) {
        return new PlatformClient(url, tenant, PATIENCE);
    }

    /**
     * @throws IllegalStateException when it is refused, or nothing answers; it says why
     */
    JsonNode get(String path) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        HttpRequest request = request(path).GET().build();
        HttpResponse<String> answer = answer(request);
        while (answer.statusCode() == 503 && System.nanoTime() < end) {
            Thread.sleep(PAUSE);
            answer = answer(request);
        }
        return accepted(answer);
    }

    JsonNode post(String path) throws InterruptedException {
        return accepted(answer(request(path).POST(HttpRequest.BodyPublishers.noBody()).build()));
    }

    /** How the platform is, also when it is not well. */
    JsonNode health() throws InterruptedException {
        return json(answer(request("/api/health").GET().build()));
    }

    private HttpRequest.Builder request(String path) {
        Map<String, String> environment = System.getenv();
        return HttpRequest.newBuilder(URI.create(url.toString().replaceFirst("/+$", "") + path))
                .timeout(TIMEOUT)
                .header("X-Tenant", tenant)
                .header("X-Actor", environment.getOrDefault("PMS_ACTOR", "default"));
    }

    private static JsonNode accepted(HttpResponse<String> answer) {
        JsonNode body = json(answer);
        if (answer.statusCode() / 100 == 2) return body;
        throw new IllegalStateException(
                body.path("title").asString("") + ": " + body.path("detail").asString(""));
    }

    private HttpResponse<String> answer(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw silent(url, e);
        } catch (IOException e) {
            throw new IllegalStateException("the platform stopped before it answered", e);
        }
    }

    /** Nobody is there. */
    static IllegalStateException silent(URI url, ConnectException cause) {
        return new IllegalStateException(
                "nothing answers at "
                        + url
                        + "; start it with ./pms up, or say where it is with --url",
                cause);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "the platform answered " + answer.statusCode() + ": " + answer.body(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
