package io.pms.projection.runtime;

import io.pms.entry.Entry;
import io.pms.log.LogUnavailableException;
import io.pms.projection.Projection;
import io.pms.projection.Recorded;
import io.pms.projection.Writes;
import io.pms.projection.runtime.BuildStore.Applied;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A build on its way along the log: folds what it is given, and sends it to Redis in batches that
 * follow each other without waiting. Each starts from the position that the one before ends at, so
 * that after one that was refused all others are. Used by one thread at a time; what is volatile
 * may be read by others.
 */
final class BuildFold {
    private static final Logger LOGGER = LoggerFactory.getLogger(BuildFold.class);

    /** Changes a step: a millisecond or two, in which Redis answers nobody else. */
    private static final int CHANGES_A_STEP = 48;

    private static final int CHANGES_A_CONSIDERATE_STEP = 12;

    /** The more of a task's events come together, the less there is to write. */
    private static final int EVENTS_A_BUILDING_BATCH = 20_000;

    /** A batch is on its way as a whole: some tenths of a second of Redis. */
    private static final int CHANGES_A_BUILDING_BATCH = 64 * CHANGES_A_STEP;

    /** What all builds that are fed together hold back at most: some tens of megabytes. */
    private static final int CHANGES_HELD_BACK = 32_000;

    private static final long CHARACTERS_HELD_BACK = 32_000_000;

    /** They are all in the last step. */
    private static final int PUSHES_A_BATCH = 400;

    private static final long CHARACTERS_A_BATCH = 250_000;

    /** Positions of others after which a partition's own is written again. */
    private static final long POSITIONS_A_BATCH = 20_000;

    /** A crash makes it read these again. */
    private static final long POSITIONS_A_BUILDING_BATCH =
            EVENTS_A_BUILDING_BATCH * Partition.COUNT;

    /** So long those who watch see nothing happen. */
    private static final Duration SEND_EVERY = Duration.ofSeconds(3);

    /** So many positions behind the log's end count as being there. */
    static final long NEAR = 500;

    private final Projection projection;
    private final Build build;
    private BuildStore store;
    private final Set<String> parked;
    private final BiConsumer<BuildFold, StoredPosition> onServed;
    private final Deque<Batch> onTheirWay = new ArrayDeque<>();
    private Window window = new Window();
    private final boolean beside;
    private StoredPosition sent;
    private long sentAt = System.nanoTime();
    private long taken;
    private int together = 1;

    /**
     * Of a batch's size. First ones differ from partition to partition: if all were full at the
     * same time, Redis and whoever fills them would wait for each other in turns.
     */
    private double share;

    private volatile StoredPosition stored;
    private volatile boolean serving;
    private volatile boolean stopped;

    private record Batch(StoredPosition to, List<CompletionStage<Applied>> steps) {}

    /**
     * @param stored where it is
     * @param beside whether another build answers meanwhile
     * @param onServed told of each position that queries can see
     */
    BuildFold(
            Projection projection,
            Build build,
            BuildStore store,
            StoredPosition stored,
            Set<String> parked,
            boolean serving,
            boolean beside,
            BiConsumer<BuildFold, StoredPosition> onServed) {
        this.projection = projection;
        this.build = build;
        this.store = store;
        this.parked = new HashSet<>(parked);
        this.stored = stored;
        this.sent = stored;
        this.taken = stored.position();
        this.serving = serving;
        this.beside = beside;
        this.share = (build.partition().number() + 1.0) / Partition.COUNT;
        this.onServed = onServed;
        if (serving) onServed.accept(this, stored);
    }

    Build build() {
        return build;
    }

    /** What Redis has said that it has. */
    StoredPosition stored() {
        return stored;
    }

    /** The last position that it was given. */
    long taken() {
        return taken;
    }

    /** Whoever feeds it leaves it soon. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Sends what is to come on another connection; nothing is on its way. */
    void through(BuildStore other) {
        store = other;
    }

    /** Whether another build answers until this one takes over. */
    boolean isBeside() {
        return beside;
    }

    boolean isServing() {
        return serving;
    }

    /**
     * Takes an event of its own partition; those that it has had are passed over.
     *
     * @return whether it is time to {@link #flush}
     */
    boolean take(Decoded decoded) {
        if (decoded.position() <= taken) return false;
        fold(decoded);
        taken = decoded.position();
        return isFull();
    }

    private boolean isFull() {
        if (mayBeRead())
            return window.weight() >= CHANGES_A_STEP || window.characters() >= CHARACTERS_A_BATCH;
        return window.pushes() >= PUSHES_A_BATCH
                || window.events() >= share * EVENTS_A_BUILDING_BATCH
                || window.changes() >= CHANGES_A_BUILDING_BATCH
                || window.changes() >= share * CHANGES_HELD_BACK / together
                || window.characters() >= share * CHARACTERS_HELD_BACK / together;
    }

    /** How many builds, this one included, hold back at the same time what they are given. */
    void holdBackWith(int builds) {
        together = builds;
    }

    /**
     * Whether queries may see what is sent next: it has taken over, or may have without its being
     * known here yet. Then a batch is one step.
     */
    private boolean mayBeRead() {
        return serving || sent.position() >= sent.until();
    }

    /** Whatever is wrong with an event concerns its aggregate; the others go on. */
    private void fold(Decoded decoded) {
        if (parked.contains(decoded.parkedField())) return;
        Recorded recorded = decoded.recorded();
        if (recorded == null) {
            park(decoded, String.valueOf(decoded.failure()));
            return;
        }
        Writes writes = new Writes();
        try {
            projection.apply(recorded, writes);
        } catch (LogUnavailableException e) {
            throw e; // a key cannot be had just now: that is no defect of the event
        } catch (RuntimeException | Error e) {
            if (!Decoded.mayBeOfTheEvent(e)) throw e;
            LOGGER.error("projection {} failed", projection.name(), e);
            park(decoded, e.toString());
            return;
        }
        window.add(writes.all());
    }

    private void park(Decoded decoded, String reason) {
        Entry entry = decoded.entry();
        LOGGER.error(
                "projection {} leaves out {} from position {} on: {}",
                projection.name(),
                entry.subject(),
                entry.position(),
                reason);
        parked.add(decoded.parkedField());
        window.park(decoded.tenant(), decoded.aggregateId(), ParkedEvent.of(entry, reason).text());
    }

    /**
     * Nothing up to this position is its own but what it was given.
     *
     * @return whether it is time to {@link #flush}
     */
    boolean reach(long position) {
        if (position > taken) taken = position;
        double most = mayBeRead() ? POSITIONS_A_BATCH : share * POSITIONS_A_BUILDING_BATCH;
        long passed = taken - sent.position();
        return passed >= most || (passed > 0 && System.nanoTime() - sentAt >= SEND_EVERY.toNanos());
    }

    /** Whether the position that was sent last is behind what was taken. */
    private boolean isBehind() {
        return taken > sent.position();
    }

    /** Whether all events of a log of this size are written, as far as they are its own. */
    boolean isIdleAt(long size) {
        return onTheirWay.isEmpty() && !isBehind() && taken >= size - 1;
    }

    /**
     * Whether nothing is missing for it to serve but to say so, for example because nothing ever
     * happened.
     */
    private boolean wantsToServe() {
        return !serving && sent.position() >= sent.until();
    }

    /**
     * Sends what it has, if only a position, as one batch.
     *
     * @return how many steps are on their way because of this; 0 when there was nothing to send
     */
    int flush(Pace pace) {
        if (!isBehind() && !wantsToServe()) return 0;
        StoredPosition to = sent.at(taken);
        List<List<String>> steps = window.steps(changesAStep(pace));
        onTheirWay.add(new Batch(to, store.send(build, sent, to, steps, pace::restAfter)));
        sent = to;
        window = new Window();
        share = 1;
        sentAt = System.nanoTime();
        return steps.size();
    }

    private int changesAStep(Pace pace) {
        if (mayBeRead()) return Integer.MAX_VALUE;
        return pace.isConsiderate() ? CHANGES_A_CONSIDERATE_STEP : CHANGES_A_STEP;
    }

    /**
     * Waits until the first batch that is on its way is written.
     *
     * @throws RefusedException when something else is stored than was thought
     */
    void settleOne(Patience patience) {
        Batch batch = onTheirWay.element();
        Applied last = Applied.REFUSED;
        boolean parkedSome = false;
        for (CompletionStage<Applied> step : batch.steps()) {
            last = RedisLink.await(step, patience.deadline());
            patience.answered();
            if (last == Applied.REFUSED) throw new RefusedException(build);
            parkedSome |= last == Applied.PARKED;
        }
        onTheirWay.remove();
        stored = batch.to();
        if (last == Applied.TAKEN_OVER) serving = true;
        if (serving) onServed.accept(this, stored);
        if (parkedSome) {
            LOGGER.error("what could not be written to {} is parked up to {}", build, stored);
            throw new RefusedException(build); // it goes on from what is stored, knowing of them
        }
    }
}
