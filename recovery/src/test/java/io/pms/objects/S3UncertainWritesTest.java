package io.pms.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.objects.PutOutcome.Refused;
import io.pms.objects.PutOutcome.Stored;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Writes whose answer is lost, and those that meet others. */
class S3UncertainWritesTest extends S3WireTest {
    /** Carries requests to the server and loses the answers of some. */
    private void loseAnswers(String method, int count) {
        AtomicInteger lost = new AtomicInteger();
        wire.spoil((request, client) -> {
            byte[] answer = request.forward();
            if (!request.is(method) || lost.getAndIncrement() >= count) client.write(answer);
        });
    }

    @Test
    void aCreationWhoseAnswerIsLostSucceeds() {
        loseAnswers("PUT", 1);
        assertThat(put("1", Condition.ifAbsent())).isInstanceOf(Stored.class);
        assertThat(text()).isEqualTo("1");
    }

    @Test
    void aReplacementWhoseAnswerIsLostSucceeds() {
        Stored first = (Stored) put("1", Condition.always());
        loseAnswers("PUT", 1);
        assertThat(put("2", Condition.ifVersion(first.version()))).isInstanceOf(Stored.class);
        assertThat(text()).isEqualTo("2");
    }

    @Test
    void aWriteWithoutAnyAnswerMayBeRepeated() {
        loseAnswers("PUT", 3);
        assertThat(failure(() -> put("1", Condition.ifAbsent())).retryable()).isTrue();
        assertThat(put("1", Condition.ifAbsent())).isInstanceOf(Stored.class);
    }

    @Test
    void aDeletionWhoseAnswerIsLostSucceeds() {
        put("1", Condition.always());
        loseAnswers("DELETE", 1);
        store.delete("a");
        assertThat(store.get("a")).isEmpty();
    }

    /** 409: another conditional write to the key is under way. */
    @Test
    void aConflictIsTriedAgain() {
        AtomicInteger conflicts = new AtomicInteger();
        wire.spoil((request, client) ->
                client.write(
                        request.is("PUT") && conflicts.getAndIncrement() < 2
                                ? error("409 Conflict", "ConditionalRequestConflict")
                                : request.forward()));
        assertThat(put("1", Condition.ifAbsent())).isInstanceOf(Stored.class);
        assertThat(text()).isEqualTo("1");
    }

    @Test
    void aConflictThatDoesNotEndIsUnavailable() {
        wire.spoil((request, client) ->
                client.write(
                        request.is("PUT")
                                ? error("409 Conflict", "ConditionalRequestConflict")
                                : request.forward()));
        assertThat(failure(() -> put("1", Condition.ifAbsent())).retryable()).isTrue();
    }

    /** An answer from a cache, or of a replica that lags. */
    @Test
    void aStaleReadCannotReplaceWhatItDidNotSee() throws IOException {
        put("1", Condition.always());
        StoredObject first = store.get("a").orElseThrow();
        byte[] old = wire.seen().getLast().forward();
        put("2", Condition.always());
        wire.spoil((request, client) -> client.write(request.is("GET") ? old : request.forward()));
        StoredObject stale = store.get("a").orElseThrow();
        assertThat(stale.version()).isEqualTo(first.version());
        assertThat(put("3", Condition.ifVersion(stale.version()))).isInstanceOf(Refused.class);
        assertThat(put("3", Condition.ifAbsent())).isInstanceOf(Refused.class);
        wire.spoil((request, client) -> client.write(request.forward()));
        assertThat(text()).isEqualTo("2");
    }

    @Test
    void aSlowAnswerIsAwaited() {
        put("1", Condition.always());
        wire.spoil((request, client) -> {
            Thread.sleep(200);
            client.write(request.forward());
        });
        assertThat(text()).isEqualTo("1");
    }
}
