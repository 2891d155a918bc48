package io.pms.objects;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pms.objects.ObjectStoreException.Reason;
import io.pms.objects.ObjectStoreSettings.Timeouts;
import java.io.IOException;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of a real server, with a wire between them that can be spoiled. */
abstract class S3WireTest {
    final String url = "s3://" + ObjectServer.BUCKET + "/" + UUID.randomUUID();
    FaultyWire wire;
    ObjectStore store;

    Timeouts timeouts() {
        return Timeouts.DEFAULT;
    }

    @BeforeEach
    void open() throws IOException {
        wire = new FaultyWire(ObjectServer.s3proxy().port());
        store = ObjectStore.open(url, settings().withTimeouts(timeouts()));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        wire.close();
    }

    ObjectStoreSettings settings() {
        return ObjectServer.settingsFor(wire.port());
    }

    PutOutcome put(String text, Condition condition) {
        return store.put(object(text), condition);
    }

    static NewObject object(String text) {
        return ObjectStoreContract.object("a", text.getBytes(UTF_8));
    }

    String text() {
        return new String(store.get("a").orElseThrow().bytes(), UTF_8);
    }

    static ObjectStoreException failure(ThrowingCallable call) {
        ObjectStoreException failure = catchThrowableOfType(ObjectStoreException.class, call);
        assertThat(failure).as("failure").isNotNull();
        return failure;
    }

    static Reason reasonOf(ThrowingCallable call) {
        return failure(call).reason();
    }

    static byte[] error(String status, String code) {
        return answer(status, "<Error><Code>" + code + "</Code><Message>m</Message></Error>");
    }

    static byte[] answer(String status, String body) {
        return ("HTTP/1.1 "
                        + status
                        + "\r\nConnection: close\r\nContent-Type: application/xml\r\n"
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(ISO_8859_1);
    }
}
