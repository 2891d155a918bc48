package io.pms.bench.torture;

import io.pms.log.DatabaseUrl;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One run: writers, readers and faults for a while, then the reckoning. */
final class TortureRun {
    /** So long a run goes on at most until each kind of fault has happened. */
    private static final Duration MOST_EXTRA = Duration.ofSeconds(240);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Options options;
    private final Path home;
    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private final List<Violation> violations = new CopyOnWriteArrayList<>();
    private final Moment moment = new Moment();
    private final Ledger ledger = new Ledger(this::report);

    /**
     * @param time of faults, at least; longer when a kind of fault has not happened yet
     * @param clients of each writer
     * @param binlog whether the server writes its binary log
     */
    record Options(
            TortureDatabase.Kind kind,
            Duration time,
            long seed,
            int writers,
            int clients,
            boolean binlog) {}

    /**
     * @param home where data and logs are to be
     */
    TortureRun(Options options, Path home, PrintStream out) {
        this.options = options;
        this.home = home;
        this.out = out;
    }

    Verdict run() throws Exception {
        if (FileSizeLimit.isPossible()) FileSizeLimit.ignoreSignal();
        else say("fill-disk is left out: it needs Linux with util-linux");
        try (TortureDatabase database =
                        TortureDatabase.start(
                                options.kind(), home.resolve("db"), options.binlog());
                Readers readers =
                        new Readers(
                                DatabaseUrl.parse(database.url()), options.seed(), this::report)) {
            return run(database, readers);
        }
    }

    private Verdict run(TortureDatabase database, Readers readers) throws Exception {
        Auditor auditor = new Auditor(database, ledger, readers);
        List<Writer> writers = startWriters(database);
        try {
            Faults faults =
                    new Faults(
                            new DatabaseFaults(database, writers, moment),
                            new WriterFaults(database, writers, moment),
                            moment,
                            this::say);
            torture(faults, new Watch(ledger, auditor, writers, this::report, this::say));
            if (violations.isEmpty()) finish(writers);
            History history = auditor.history(violations.isEmpty());
            if (violations.isEmpty()) readers.awaitAll(history.head().size(), this::report);
            history.violations().forEach(this::report);
            Summary summary = Summary.of(history, ledger, faults, writers);
            return new Verdict(List.copyOf(violations), summary, summary.missing(possible()), home);
        } finally {
            writers.forEach(Writer::close);
        }
    }

    private List<Writer> startWriters(TortureDatabase database) throws IOException {
        List<Writer> writers = new ArrayList<>();
        Writer.Setup setup =
                new Writer.Setup(
                        database.url(),
                        database.server().port(),
                        home,
                        options.seed(),
                        options.clients(),
                        ledger);
        for (int i = 0; i < options.writers(); i++) writers.add(new Writer(i, setup));
        return writers;
    }

    private void torture(Faults faults, Watch watch) throws Exception {
        awaitWork();
        long begunNanos = System.nanoTime();
        try (ExecutorService lanes = Executors.newCachedThreadPool()) {
            List<Future<Integer>> running = new ArrayList<>();
            try {
                for (Fault.Lane lane : Fault.Lane.values())
                    running.add(lanes.submit(() -> faults.follow(plan(lane))));
                while (goesOn(faults, begunNanos)) {
                    Thread.sleep(LOOK_EVERY);
                    if (running.stream().anyMatch(Future::isDone)) break;
                    watch.look();
                }
            } finally {
                moment.end();
            }
            for (Future<Integer> lane : running) lane.get();
        }
    }

    /** Faults before there is work would meet nothing. */
    private void awaitWork() throws InterruptedException {
        long deadline = System.nanoTime() + MOST_EXTRA.toNanos();
        while (ledger.writersAtWork() < options.writers() && System.nanoTime() < deadline)
            Thread.sleep(LOOK_EVERY);
        say("all writers are at work");
    }

    private FaultPlan plan(Fault.Lane lane) {
        return new FaultPlan(lane, possible(), options.writers(), options.seed());
    }

    private boolean goesOn(Faults faults, long begunNanos) {
        if (!violations.isEmpty()) return false;
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begunNanos);
        if (elapsed.compareTo(options.time()) < 0) return true;
        return elapsed.compareTo(options.time().plus(MOST_EXTRA)) < 0
                && !faults.happened().keySet().containsAll(possible());
    }

    static List<Fault> possible() {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault != Fault.FILL_DISK || FileSizeLimit.isPossible())
                .toList();
    }

    /** All faults are over: now everything can be decided. */
    private void finish(List<Writer> writers) throws InterruptedException {
        say("no more faults; writers decide what is pending");
        writers.forEach(Writer::noMoreOrders);
        for (Writer writer : writers) {
            String wrong = writer.finish();
            if (wrong != null)
                report(
                        new Violation(
                                Invariant.PROGRESS, "writer " + writer.number() + " " + wrong));
        }
    }

    private void report(Violation violation) {
        if (violations.contains(violation)) return;
        violations.add(violation);
        say("VIOLATED " + violation);
    }

    private synchronized void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startNanos) / 1e9, what);
    }
}
