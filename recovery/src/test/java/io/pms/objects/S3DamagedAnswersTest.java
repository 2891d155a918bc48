package io.pms.objects;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pms.objects.ObjectStoreException.Reason;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that do not arrive as they were sent. */
class S3DamagedAnswersTest extends S3WireTest {
    private static final String TEXT = "0123456789".repeat(5_000);

    @BeforeEach
    void putText() {
        put(TEXT, Condition.always());
    }

    @Test
    void aTruncatedAnswerIsNeverReturned() {
        for (int missing : new int[] {1, 100, TEXT.length() - 1, TEXT.length()}) {
            wire.spoil((request, client) -> client.write(cut(request.forward(), missing)));
            ObjectStoreException failure = failure(() -> store.get("a"));
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    void aTruncatedAnswerIsReadAgain() {
        AtomicInteger reads = new AtomicInteger();
        wire.spoil((request, client) ->
                client.write(cut(request.forward(), reads.getAndIncrement() < 2 ? 9 : 0)));
        assertThat(text()).isEqualTo(TEXT);
    }

    @Test
    void aTruncatedListIsNeverReturned() {
        wire.spoil((request, client) -> client.write(cut(request.forward(), 150)));
        assertThat(failure(() -> store.list("", null, 9)).retryable()).isTrue();
    }

    @Test
    void aChangedByteIsNeverReturned() {
        wire.spoil((request, client) -> {
            byte[] answer = request.forward();
            answer[answer.length - 77] ^= 1;
            client.write(answer);
        });
        ObjectStoreException failure = failure(() -> store.get("a"));
        assertThat(failure.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void anAnswerOfAnotherObjectIsCorrupt() {
        byte[] other = "other".getBytes(UTF_8);
        wire.spoil((request, client) -> {
            String head = new String(cut(request.forward(), TEXT.length()), ISO_8859_1);
            client.write(
                    head.replaceFirst("(?i)content-length: \\d+", "Content-Length: 5")
                            .getBytes(ISO_8859_1));
            client.write(other);
        });
        assertThat(reasonOf(() -> store.get("a"))).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void anAnswerTooLargeForAnObjectIsNotRead() {
        wire.spoil((request, client) ->
                client.write(
                        new String(request.forward(), ISO_8859_1)
                                .replaceFirst(
                                        "(?i)content-length: \\d+", "Content-Length: 99999999999")
                                .getBytes(ISO_8859_1)));
        assertThat(reasonOf(() -> store.get("a"))).isEqualTo(Reason.CORRUPT);
    }

    private static byte[] cut(byte[] answer, int missing) {
        return Arrays.copyOf(answer, answer.length - missing);
    }
}
