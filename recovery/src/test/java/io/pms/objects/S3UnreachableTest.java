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

    @Override
    Timeouts timeouts() {
        return SHORT;
    }

    @Test
    void aServerThatIsDownIsUnavailable() throws IOException {
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
                ObjectStore.open(url, settings().withEndpoint(nowhere).withTimeouts(SHORT))) {
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
        put("1".repeat(10_000), Condition.always());
        wire.spoil((request, client) -> drip(request.forward(), 9_000, client));
        assertThat(timed(() -> store.get("a"))).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void aHeaderThatDripsTimesOut() {
        put("1", Condition.always());
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
            Thread.sleep(50);
        }
    }

    private static Reason timed(ThrowingCallable call) {
        long start = System.nanoTime();
        Reason reason = reasonOf(call);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(SHORT.call().multipliedBy(3));
        return reason;
    }
}
