package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.SharedServers;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process that archives dies at each of its steps, and another takes over. */
class ArchiverCrashTest {
    private static final int[] EVENTS = {300, 7, 249, 1};

    private final SampleLog sample = new SampleLog();
    private final ObjectStore store =
            ObjectStore.open(
                    "file:" + SharedServers.temporary("archive"), ObjectStoreSettings.defaults());

    @AfterEach
    void close() {
        sample.close();
        store.close();
    }

    @ParameterizedTest(name = "the call is still done: {0}")
    @ValueSource(booleans = {false, true})
    void anotherGoesOnWhereverItDies(boolean after) {
        AtomicInteger calls = new AtomicInteger();
        while (diesAt(calls.incrementAndGet(), after)) {}
        assertThat(calls).as("calls of a take-over and a round").hasValueGreaterThan(12);
    }

    /** Answers whether there was such a call. */
    private boolean diesAt(int call, boolean after) {
        sample.append(EVENTS[call % EVENTS.length]);
        long size = sample.log().head().size();
        StoppingStore dying = new StoppingStore(store, call, after);
        try (ArchivingProcess process = ArchivingProcess.start(sample, dying)) {
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() ->
                            process.status().problem() != null
                                    || process.status().archived() == size);
        }
        if (new Archive(store).checkpoint().isPresent()) OneHistory.require(sample, store);
        try (ArchivingProcess next = ArchivingProcess.start(sample, store)) {
            next.awaitArchived(size);
            next.awaitRpoZero();
        }
        OneHistory.requireAll(sample, store);
        return dying.hasStopped();
    }
}
