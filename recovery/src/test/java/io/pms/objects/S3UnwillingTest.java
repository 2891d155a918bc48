package io.pms.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pms.objects.ObjectStoreException.Reason;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A server that says no, or is not one. */
class S3UnwillingTest extends S3WireTest {
    @Test
    void aWrongSecretIsDenied() {
        try (ObjectStore other =
                ObjectStore.open(
                        url, settings().withCredentials(ObjectServer.ACCESS_KEY, "wrong"))) {
            ObjectStoreException failure = failure(() -> other.get("a"));
            assertThat(failure.reason()).isEqualTo(Reason.DENIED);
            assertThat(failure.retryable()).isFalse();
            assertThat(reasonOf(() -> other.list("", null, 1))).isEqualTo(Reason.DENIED);
            assertThat(reasonOf(() -> other.delete("a"))).isEqualTo(Reason.DENIED);
            NewObject object = object("1");
            assertThat(reasonOf(() -> other.put(object, Condition.ifAbsent())))
                    .isEqualTo(Reason.DENIED);
        }
    }

    @Test
    void aMissingBucketIsNotAMissingObject() {
        try (ObjectStore other = ObjectStore.open("s3://no-such-bucket/x", settings())) {
            ObjectStoreException failure = failure(() -> other.get("a"));
            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
            assertThat(failure).hasMessageContaining("make the bucket or correct the URL");
            assertThat(reasonOf(() -> other.list("", null, 1))).isEqualTo(Reason.REFUSED);
            NewObject object = object("1");
            assertThat(reasonOf(() -> other.put(object, Condition.ifVersion("\"1\""))))
                    .isEqualTo(Reason.REFUSED);
        }
    }

    @Test
    void anotherServersPageIsNotAMissingObject() {
        wire.spoil((request, client) -> client.write(answer("404 Not Found", "<html/>")));
        assertThat(reasonOf(() -> store.get("a"))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aServerWithoutTlsIsNotTrusted() {
        URI direct = URI.create("https://127.0.0.1:" + ObjectServer.s3proxy().port());
        try (ObjectStore other = ObjectStore.open(url, settings().withEndpoint(direct))) {
            assertThat(reasonOf(() -> other.get("a"))).isEqualTo(Reason.DENIED);
        }
    }

    @Test
    void aBusyServerThrottles() {
        wire.spoil((request, client) -> client.write(error("503 Slow Down", "SlowDown")));
        ObjectStoreException failure = failure(() -> put("1", Condition.ifAbsent()));
        assertThat(failure.reason()).isEqualTo(Reason.THROTTLED);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void aBrokenServerIsUnavailable() {
        wire.spoil((request, client) -> client.write(error("500 Oops", "InternalError")));
        assertThat(reasonOf(() -> store.get("a"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(wire.seen()).as("attempts").hasSize(3);
    }

    @Test
    void aServerThatListsInNoOrderIsRefused() {
        wire.spoil((request, client) ->
                client.write(
                        new String(request.forward(), UTF_8)
                                .replace("/a2", "/a0")
                                .getBytes(UTF_8)));
        for (String key : new String[] {"a1", "a2"})
            store.put(ObjectStoreContract.object(key, new byte[0]), Condition.always());
        assertThat(reasonOf(() -> store.list("", null, 9))).isEqualTo(Reason.REFUSED);
    }
}
