package io.pms.log.conformance;

import static io.pms.log.conformance.Samples.aggregate;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.entry.Entry;
import io.pms.log.Appended;
import io.pms.log.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Positions have no gaps and are in the order of commits, for every reader at every moment. */
public abstract class VisibilityContract extends LogContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void showsReadersAGrowingPrefixWhileProcessesAppend() throws Exception {
        Random random = random();
        int units = 600;
        List<EventLog> writers = List.of(log, store.open(), store.open());
        EventLog reader = store.open();
        CompletableFuture<Void> written = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Entry>> tailed = threads.submit(() -> tail(reader, written));
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            for (int i = 0; i < units; i++)
                answers.add(writers.get(random.nextInt(3)).append(unit(event(aggregate(), 0))));
            answers.forEach(CompletableFuture::join);
            written.complete(null);
            List<Entry> seen = tailed.get();
            assertThat(seen).extracting(Entry::id).doesNotHaveDuplicates().hasSize(units);
            assertThat(seen).extracting(Entry::position).isSorted();
            assertThat(log.read(0, units)).extracting(Entry::id).isEqualTo(ids(seen));
        }
    }

    /** Follows the log; nothing may be missing below the head, now or later. */
    private static List<Entry> tail(EventLog reader, CompletableFuture<Void> written) {
        List<Entry> seen = new ArrayList<>();
        boolean last = false;
        while (!last) {
            last = written.isDone();
            long head = reader.head().size();
            for (Entry entry : reader.read(seen.size(), 2_000)) {
                assertThat(entry.position()).isEqualTo(seen.size());
                seen.add(entry);
            }
            assertThat(seen.size()).as("what the head says").isGreaterThanOrEqualTo((int) head);
        }
        return seen;
    }

    @Test
    void showsAnAnsweredUnitToEveryProcessAtOnce() {
        EventLog other = store.open();
        for (int i = 0; i < 20; i++) {
            Appended appended = (i % 2 == 0 ? log : other).append(unit(event("a", i))).join();
            assertThat(appended.firstPosition()).isEqualTo(i);
            EventLog reader = i % 2 == 0 ? other : log;
            assertThat(reader.head().size()).isEqualTo(i + 1L);
            assertThat(reader.read(i, 10)).extracting(Entry::sequence).containsExactly((long) i);
            assertThat(reader.lastSequence("a")).contains((long) i);
        }
    }

    @Test
    void neverLetsRecordedTimeGoBack() {
        EventLog other = store.open();
        for (int i = 0; i < 20; i++)
            (i % 2 == 0 ? log : other).append(unit(event("a", i), event("b", i))).join();
        List<Entry> entries = log.read(0, 100);
        assertThat(entries).hasSize(40);
        assertThat(entries).extracting(Entry::recordedTimeMicros).isSorted();
        assertThat(log.head().recordedTimeMicros())
                .isEqualTo(entries.getLast().recordedTimeMicros());
    }

    @Test
    void announcesOnlyWhatCanBeRead() throws InterruptedException {
        EventLog reader = store.open();
        ConcurrentLinkedQueue<Long> told = new ConcurrentLinkedQueue<>();
        try (EventLog.Subscription subscription = reader.subscribe(told::add)) {
            for (int i = 0; i < 10; i++) {
                log.append(unit(event("a", i))).join();
                long size = reader.awaitBeyond(i, PATIENCE);
                assertThat(size).isEqualTo(i + 1L);
                assertThat(reader.read(size - 1, 1)).hasSize(1);
            }
            // Who waits may be woken a moment before who subscribes is told.
            await().atMost(PATIENCE).until(() -> told.contains(10L));
        }
        assertThat(List.copyOf(told)).isNotEmpty().isSorted().last().isEqualTo(10L);
    }

    @Test
    void tellsTheProcessThatAppendedBeforeItIsAnswered() throws InterruptedException {
        log.append(unit(event("a", 0))).join();
        assertThat(log.awaitBeyond(0, Duration.ZERO)).isEqualTo(1);
        assertThat(log.awaitBeyond(1, Duration.ZERO)).isEqualTo(1);
    }

    private static List<String> ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toList();
    }
}
