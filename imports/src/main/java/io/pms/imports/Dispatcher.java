package io.pms.imports;

import io.pms.command.Accepted;
import io.pms.command.CommandRequest;
import io.pms.command.Commands;
import io.pms.entry.CommandIds;
import io.pms.http.Caller;
import io.pms.http.Problem;
import io.pms.imports.Script.Cursor;
import io.pms.imports.Script.Stage;
import io.pms.imports.Script.Step;
import io.pms.imports.Script.Strand;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import io.pms.log.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches the stages of one script, strands side by side and the steps of a strand in order.
 * Used by one thread.
 */
final class Dispatcher {
    /** Commands under way at once: enough to fill the log's batches, few beside 1,024 of others. */
    private static final int LANES = 256;

    /** What the strands under way may take in memory, roughly. */
    private static final int MAX_KILOBYTES = 128 << 10;

    /** How often a command is repeated when the log says that later it may work. */
    private static final int MAX_REPEATS = 5;

    private static final long REPEAT_AFTER_MILLIS = 2_000;
    private static final long PROGRESS_MILLIS = 200;

    private final Commands commands;
    private final EventLog log;
    private final Caller caller;
    private final Map<String, String> metadata;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong position = new AtomicLong(-1);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    private volatile boolean repeated;

    Dispatcher(Commands commands, EventLog log, Caller caller, String digest) {
        this.commands = commands;
        this.log = log;
        this.caller = caller;
        this.metadata = Map.of("import", digest);
    }

    long stored() {
        return stored.get();
    }

    long skipped() {
        return skipped.get();
    }

    /** The highest position that was answered; -1 when there was none. */
    long position() {
        return position.get();
    }

    /**
     * Returns when every step was accepted.
     *
     * @throws Problem the first failure, after what was under way then has been answered
     */
    void dispatch(Stage stage, Progress progress) throws IOException {
        progress.at(stage.phase(), 0, stage.commands());
        try (Cursor cursor = stage.strands().open()) {
            Run run = new Run(cursor);
            try {
                while (!run.ended.await(PROGRESS_MILLIS, TimeUnit.MILLISECONDS))
                    progress.at(stage.phase(), run.done.get(), stage.commands());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(new IllegalStateException("interrupted", e));
            } catch (RuntimeException e) {
                fail(e);
            } finally {
                run.awaitEnd();
            }
        }
        RuntimeException failed = failure.get();
        if (failed != null) throw failed;
        progress.at(stage.phase(), stage.commands(), stage.commands());
    }

    private void fail(RuntimeException e) {
        failure.compareAndSet(null, e);
    }

    private final class Run {
        private final Cursor cursor;
        private final CountDownLatch ended = new CountDownLatch(LANES);
        private final Semaphore memory = new Semaphore(MAX_KILOBYTES);
        private final AtomicLong done = new AtomicLong();

        Run(Cursor cursor) {
            this.cursor = cursor;
            for (int i = 0; i < LANES; i++)
                Thread.ofVirtual().name("import-" + i).start(this::lane);
        }

        void awaitEnd() {
            boolean interrupted = false;
            while (ended.getCount() > 0) {
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) Thread.currentThread().interrupt();
        }

        private void lane() {
            try {
                for (Strand strand = next(); strand != null; strand = next()) {
                    try {
                        run(strand.steps());
                    } finally {
                        memory.release(weight(strand));
                    }
                }
            } catch (RuntimeException e) {
                fail(e);
            } finally {
                ended.countDown();
            }
        }

        private void run(List<Step> steps) {
            int done = repeated ? skip(steps) : 0;
            for (Step step : steps.subList(done, steps.size())) {
                if (failure.get() != null) return;
                take(send(step));
            }
        }

        /** Steps are dispatched in order, so the last one's receipt says it for all of them. */
        private int skip(List<Step> steps) {
            Receipt last = receipt(steps.getLast());
            int found = last == null ? 0 : steps.size();
            for (Receipt next = last == null ? receipt(steps.getFirst()) : null; next != null; ) {
                last = next;
                next = ++found < steps.size() ? receipt(steps.get(found)) : null;
            }
            if (last != null) position.accumulateAndGet(last.position(), Math::max);
            skipped.addAndGet(found);
            this.done.addAndGet(found);
            return found;
        }

        private @Nullable Strand next() {
            synchronized (cursor) {
                if (failure.get() != null) return null;
                try {
                    Strand strand = cursor.next();
                    if (strand != null) memory.acquireUninterruptibly(weight(strand));
                    return strand;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private static int weight(Strand strand) {
            return Math.min(strand.kilobytes(), MAX_KILOBYTES);
        }

        private void take(Accepted accepted) {
            if (accepted.replayed()) repeated = true;
            (accepted.replayed() ? skipped : stored).incrementAndGet();
            position.accumulateAndGet(accepted.position(), Math::max);
            done.incrementAndGet();
        }
    }

    private Accepted send(Step step) {
        for (int repeats = 0; ; repeats++) {
            try {
                return commands.dispatch(request(step)).join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof RuntimeException cause)) throw e;
                if (!mayWorkLater(cause) || repeats == MAX_REPEATS || failure.get() != null)
                    throw cause;
                pause();
            }
        }
    }

    /**
     * What the step was answered in an earlier run. Asking is far cheaper than deciding again,
     * which leads to the same receipt.
     */
    private @Nullable Receipt receipt(Step step) {
        try {
            return log.receipt(CommandIds.commandId(caller.tenant(), step.key())).orElse(null);
        } catch (LogUnavailableException e) {
            return null; // the command itself will tell
        }
    }

    private static boolean mayWorkLater(RuntimeException e) {
        return e instanceof Problem problem
                && problem.status() == 503
                && problem.members().containsKey("retryAfterSeconds");
    }

    private static void pause() {
        try {
            Thread.sleep(REPEAT_AFTER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("NullAway") // a compiled record hides that its array may be null
    private CommandRequest request(Step step) {
        String actor = step.actor();
        return new CommandRequest(
                step.command(),
                caller.tenant(),
                actor == null ? caller.actor() : actor,
                step.key(),
                null,
                null,
                step.occurredAt(),
                null,
                metadata,
                null);
    }
}
