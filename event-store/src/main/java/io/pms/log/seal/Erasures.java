package io.pms.log.seal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.log.EventLog;
import io.pms.log.seal.SubjectKeys.Erasure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that nobody's key outlives them. It follows the log, so that a process forgets the
 * keys of people whom another one erased; and it looks for keys that are back although the log says
 * that they were destroyed, at the start and every now and then.
 */
final class Erasures implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Erasures.class);

    /** The log is looked at so often at most, however busy it is. */
    private static final Duration PACE = Duration.ofMillis(50);

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Somebody restores a table while the platform runs. */
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private static final int BATCH = 1_000;

    /** Events that are looked through at once: a fraction of a second. */
    private static final int SCAN = 100_000;

    private final EventLog log;
    private final EventTypes types;
    private final SubjectKeys table;
    private final KeyRing keys;
    private final SealStatus status;
    private final Thread follower;

    /** The follower's: where it goes on in the log, and when it looks at all keys. */
    private long next = -1;

    private long lookAtNanos = System.nanoTime();
    private volatile boolean closed;

    Erasures(
            EventLog log,
            EventTypes types,
            SubjectKeys table,
            KeyRing keys,
            SealStatus status,
            MeterRegistry meters) {
        this.log = log;
        this.types = types;
        this.table = table;
        this.keys = keys;
        this.status = status;
        this.follower = Thread.ofVirtual().name("erasures").unstarted(this::run);
        Gauge.builder("pms.erasures.pending", status, SealStatus::pending)
                .description("people who were erased and whose keys are not destroyed yet")
                .register(meters);
    }

    void start() {
        follower.start();
    }

    private void run() {
        try {
            while (!closed) round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void round() throws InterruptedException {
        try {
            if (next < 0) next = log.head().size();
            if (System.nanoTime() - lookAtNanos >= 0) look();
            follow();
        } catch (RuntimeException e) {
            // The database does not answer; and whatever else it is, it is tried again.
            if (closed) return;
            LOGGER.warn("keys of erased people may be left; trying again", e);
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    /** What stands in its way does not keep the follower from hearing of others. */
    private void look() {
        try {
            lookForKeysThatAreBack();
            lookAtNanos = System.nanoTime() + LOOK_EVERY.toNanos();
        } catch (RuntimeException e) {
            LOGGER.warn("could not look for keys of erased people; trying again in a minute", e);
            lookAtNanos = System.nanoTime() + LOOK_AGAIN.toNanos();
        }
    }

    private void lookForKeysThatAreBack() {
        List<Erasure> found = table.pending(BATCH);
        for (; !found.isEmpty(); found = table.pending(BATCH)) {
            status.back(found.size());
            LOGGER.warn("{} keys of erased people are there; destroying them", found.size());
            for (Erasure erasure : found) keys.destroy(erasure.subject(), erasure.position());
        }
        status.back(0);
    }

    /** Up to the log's end, once it has grown. */
    private void follow() throws InterruptedException {
        long size = log.awaitBeyond(next, IDLE);
        if (size <= next) return;
        TimeUnit.NANOSECONDS.sleep(PACE.toNanos());
        long to = Math.min(size, next + SCAN);
        List<Long> positions = table.log().erasures(next, to);
        status.heard(positions.size());
        for (int i = 0; i < positions.size(); i += BATCH)
            log.readAt(positions.subList(i, Math.min(i + BATCH, positions.size())))
                    .forEach(this::apply);
        status.heard(0);
        next = to;
    }

    private void apply(Entry entry) {
        if (types.read(entry.type(), entry.data()) instanceof PersonErased erased)
            keys.destroy(
                    new Subject(entry.tenant() == null ? "" : entry.tenant(), erased.personId()),
                    entry.position());
    }

    @Override
    public void close() {
        closed = true;
        follower.interrupt();
    }
}
