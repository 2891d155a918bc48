package io.pms.relay;

import io.pms.entry.Entry;
import io.pms.log.EventLog;
import io.pms.relay.RelayStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A relay as long as nothing goes wrong: a standby until the group chooses it, then the one that
 * publishes. Whatever goes wrong ends it with an exception, and the next session begins with what
 * is recorded.
 */
final class RelaySession implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RelaySession.class);

    /** How long an idle relay waits at once, and so how long closing it takes. */
    private static final Duration WAIT = Duration.ofMillis(200);

    /** How often it is looked whether log and topics still are what they were. */
    private static final Duration CHECK_EVERY = Duration.ofSeconds(2);

    /** With entries of 64 KB at most this bounds memory. */
    private static final int READ = 500;

    private final EventLog log;
    private final RelayChecks checks;
    private final CommittedPosition committed;
    private final RelayMembership membership;
    private final Supplier<RelayPublisher> publishers;
    private final RelayProgress progress;
    private RelayPosition known;
    private List<Entry> entries = List.of();
    private @Nullable RelayPublisher publisher;
    private long checkedNanos = System.nanoTime();

    /**
     * @param publishers makes one that has fenced all before it
     */
    RelaySession(
            EventLog log,
            RelayChecks checks,
            CommittedPosition committed,
            RelayMembership membership,
            Supplier<RelayPublisher> publishers,
            RelayProgress progress) {
        this.log = log;
        this.checks = checks;
        this.committed = committed;
        this.membership = membership;
        this.publishers = publishers;
        this.progress = progress;
        this.known = checks.start(committed);
    }

    void run(BooleanSupplier closing) throws InterruptedException {
        progress.published(known.position());
        progress.is(State.STANDBY);
        while (!closing.getAsBoolean()) {
            boolean chosen = membership.isChosen(publisher == null ? WAIT : Duration.ZERO);
            if (chosen && publisher == null) begin();
            if (!chosen && publisher != null) end();
            if (System.nanoTime() - checkedNanos > CHECK_EVERY.toNanos()) check();
            if (publisher == null) follow();
            else publish(publisher);
        }
    }

    private void begin() {
        publisher = publishers.get();
        know(checks.startAlone(committed));
        progress.is(State.ACTIVE);
        LOGGER.info("this relay publishes, from position {} on", known.position() + 1);
    }

    private void end() {
        close();
        entries = List.of();
        progress.is(State.STANDBY);
        LOGGER.info("another relay publishes, from position {} on", known.position() + 1);
    }

    private void check() {
        checks.requireUnchanged(known);
        progress.lookAt(log);
        if (publisher == null) progress.goesWell();
        checkedNanos = System.nanoTime();
    }

    private void follow() {
        RelayPosition now = committed.look();
        if (now != null) know(now);
    }

    private void publish(RelayPublisher active) throws InterruptedException {
        if (entries.isEmpty()) entries = read(known.position() + 1, WAIT);
        if (!entries.isEmpty()) {
            RelayPosition now = active.publish(known, entries);
            entries = entries.subList((int) (now.position() - known.position()), entries.size());
            if (entries.isEmpty()) entries = read(now.position() + 1, Duration.ZERO);
            else progress.waiting(entries.getFirst());
            know(now);
        }
        progress.goesWell();
    }

    /** None when the log does not have this position within the time. */
    private List<Entry> read(long next, Duration wait) throws InterruptedException {
        if (log.awaitBeyond(next, wait) <= next) return List.of();
        List<Entry> read = log.read(next, READ);
        if (!read.isEmpty()) progress.waiting(read.getFirst());
        return read;
    }

    private void know(RelayPosition now) {
        known = now;
        progress.published(now.position());
    }

    @Override
    public void close() {
        if (publisher != null) publisher.close();
        publisher = null;
    }
}
