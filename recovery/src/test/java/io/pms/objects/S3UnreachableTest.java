package io.pms.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.objects.ObjectStoreException.Reason;
import io.pms.objects.ObjectStoreSettings.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A server that is down, silent or slow. */
class S3UnreachableTest extends S3WireTest {
    private static final Timeouts SHORT =
            new Timeouts(Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofSeconds(2));

    /** For what must not be taken for a server that is slow. */
    private static final Timeouts LONG =
            new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(60));

    /** More than a slow call takes, less than all that drips. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @Override
    Timeouts timeouts() {
        return SHORT;
    }

    private ObjectStore patient() {
        return ObjectStore.open(url, settings().withTimeouts(LONG));
    }

    private void putInPeace(String text) {
        try (ObjectStore patient = patient()) {
            patient.put(object(text), Condition.always());
        }
    }

    @Test
    void aServerThatIsDownIsUnavailable() throws IOException {
        store.close();
        store = patient();
        wire.close();
        ObjectStoreException failure = failure(() -> store.get("a"));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.object()).isEqualTo(url + "/a");
        assertThat(failure).hasRootCauseInstanceOf(ConnectException.class);
        assertThat(reasonOf(() -> put("1", Condition.always()))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(reasonOf(() -> store.delete("a"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(reasonOf(() -> store.list("", null, 1))).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void aHostWithoutAnAddressIsUnavailable() {
        URI nowhere = URI.create("http://no-such-host.invalid:9000");
        try (ObjectStore other =
                ObjectStore.open(url, settings().withEndpoint(nowhere).withTimeouts(LONG))) {
            assertThat(reasonOf(() -> other.get("a"))).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void aSilentServerTimesOut() {
        wire.spoil((request, client) -> new CountDownLatch(1).await());
        assertThat(reasonOf(() -> store.get("a"))).isEqualTo(Reason.TIMEOUT);
        assertThat(reasonOf(() -> put("1", Condition.always()))).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void aBodyThatDripsTimesOut() {
        putInPeace("1".repeat(10_000));
        wire.spoil((request, client) -> drip(request.forward(), 9_000, client));
        assertThat(timed(() -> store.get("a"))).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void aHeaderThatDripsTimesOut() {
        putInPeace("1");
        wire.spoil((request, client) -> drip(request.forward(), Integer.MAX_VALUE, client));
        assertThat(timed(() -> store.get("a"))).isEqualTo(Reason.TIMEOUT);
        assertThat(timed(() -> put("2", Condition.always()))).isEqualTo(Reason.TIMEOUT);
        assertThat(timed(() -> store.list("", null, 9))).isEqualTo(Reason.TIMEOUT);
    }

    /** The last bytes one by one, each before the read timeout. */
    private static void drip(byte[] answer, int last, OutputStream client) throws Exception {
        int from = Math.max(0, answer.length - last);
        client.write(answer, 0, from);
        for (int i = from; i < answer.length; i++) {
            client.write(answer[i]);
            client.flush();
            Thread.sleep(200);
        }
    }

    private static Reason timed(ThrowingCallable call) {
        long start = System.nanoTime();
        Reason reason = reasonOf(call);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(SOON);
        return reason;
    }
}
