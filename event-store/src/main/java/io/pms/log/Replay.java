package io.pms.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Reads a range of positions page by page, on several threads and some pages ahead of the consumer,
 * who gets them in order on the caller's thread. No connection is held while the consumer works.
 */
final class Replay {
    /** What a query costs is nothing beside it, and it is a megabyte or less as a rule. */
    static final int PAGE_EVENTS = 1_000;

    /** More would take the pool's connections from everybody else. */
    private static final int READERS = Math.min(Runtime.getRuntime().availableProcessors(), 4);

    /** Each reader has a page to read while another of its own waits to be taken. */
    static final int PAGES_AHEAD = 2 * READERS;

    /** Answers what is in a range of positions; called by several threads. */
    interface Source<T> {
        List<T> read(long from, long to);
    }

    private Replay() {}

    /** What the source or the consumer throws ends it; all pages before have been consumed then. */
    static <T> void run(long from, long to, Source<T> source, Consumer<? super T> consumer) {
        if (to - from <= PAGE_EVENTS) source.read(from, to).forEach(consumer);
        else runAhead(from, to, source, consumer);
    }

    private static <T> void runAhead(
            long from, long to, Source<T> source, Consumer<? super T> consumer) {
        ExecutorService readers =
                Executors.newFixedThreadPool(
                        READERS, Thread.ofPlatform().daemon().name("replay-", 0).factory());
        Deque<CompletableFuture<List<T>>> ahead = new ArrayDeque<>();
        try {
            for (long next = from; next < to; next += PAGE_EVENTS) {
                long start = next;
                long end = Math.min(start + PAGE_EVENTS, to);
                ahead.add(CompletableFuture.supplyAsync(() -> source.read(start, end), readers));
                if (ahead.size() == PAGES_AHEAD) await(ahead.remove()).forEach(consumer);
            }
            while (!ahead.isEmpty()) await(ahead.remove()).forEach(consumer);
        } finally {
            for (CompletableFuture<?> page : ahead) page.cancel(false);
            readers.shutdown();
        }
    }

    private static <T> List<T> await(CompletableFuture<List<T>> page) {
        try {
            return page.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }
}
