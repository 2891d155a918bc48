package io.pms.bench.torture;

import io.pms.log.LogUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Looks after a run while it goes on: whether writers get on, and what is stored so far. */
final class Watch {
    /** Faults are shorter than that, and so is what writers need to recover from them. */
    private static final Duration STALLED = Duration.ofSeconds(60);

    private static final Duration AUDIT_EVERY = Duration.ofSeconds(15);

    /** An audit reads the whole log: it may take this part of the time. */
    private static final int AUDIT_SHARE = 5;

    private final Ledger ledger;
    private final Auditor auditor;
    private final List<Writer> writers;
    private final Consumer<Violation> report;
    private final Consumer<String> say;
    private long readNanos = System.nanoTime();
    private long nextAuditNanos = System.nanoTime() + AUDIT_EVERY.toNanos();

    Watch(
            Ledger ledger,
            Auditor auditor,
            List<Writer> writers,
            Consumer<Violation> report,
            Consumer<String> say) {
        this.ledger = ledger;
        this.auditor = auditor;
        this.writers = writers;
        this.report = report;
        this.say = say;
    }

    void look() {
        if (ledger.nanosSinceAcknowledged() > STALLED.toNanos())
            stuck("nothing was acknowledged for " + STALLED.toSeconds() + " s");
        for (Writer writer : writers)
            if (writer.hasEndedByItself())
                stuck("writer " + writer.number() + " has ended by itself");
        read();
        if (System.nanoTime() > nextAuditNanos) audit();
    }

    private void read() {
        try {
            auditor.head();
            readNanos = System.nanoTime();
        } catch (LogUnavailableException e) {
            if (System.nanoTime() - readNanos > STALLED.toNanos())
                stuck("nothing could be read for " + STALLED.toSeconds() + " s: " + e.getMessage());
        }
    }

    private void stuck(String how) {
        report.accept(new Violation(Invariant.PROGRESS, how));
    }

    private void audit() {
        long start = System.nanoTime();
        try {
            History history = auditor.history(false);
            history.violations().forEach(report);
            say.accept(
                    "%,d events, %,d appends so far: audited"
                            .formatted(history.log().size(), history.attempts().size()));
        } catch (LogUnavailableException | SQLException e) {
            say.accept(
                    "no audit now: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        long took = System.nanoTime() - start;
        nextAuditNanos = System.nanoTime() + Math.max(AUDIT_EVERY.toNanos(), AUDIT_SHARE * took);
    }
}
