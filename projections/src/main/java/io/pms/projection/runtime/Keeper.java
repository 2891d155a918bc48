package io.pms.projection.runtime;

import io.lettuce.core.RedisException;
import io.pms.log.EventLog;
import io.pms.log.Head;
import io.pms.projection.Projection;
import io.pms.projection.runtime.AppliedPositions.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that everything is fed that this process is to feed: shares partitions with other
 * processes, begins what is lost, lets go what was replaced, and notices soon when data have gone.
 */
final class Keeper implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** However often builds fail. */
    private static final Duration LOOK_AT_MOST_EVERY = Duration.ofMillis(20);

    private final Versions versions;
    private final EventLog log;
    private final BuildStore store;
    private final BuildStore bulk;
    private final AppliedPositions applied;
    private final Failures failures;
    private final Feed live;
    private final Feed catchUp;
    private final Janitor janitor;
    private final Shares shares;
    private final Map<Place, Unit> units = new HashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param bulk the same store as {@code store} on a connection of its own, for what is far
     *     behind
     * @param feeds makes the feeds, which wake the keeper when they let a build go
     */
    Keeper(
            Shares shares,
            Versions versions,
            EventLog log,
            BuildStore store,
            BuildStore bulk,
            AppliedPositions applied,
            Failures failures,
            Feeds feeds,
            Janitor janitor) {
        this.shares = shares;
        this.versions = versions;
        this.log = log;
        this.store = store;
        this.bulk = bulk;
        this.applied = applied;
        this.failures = failures;
        this.janitor = janitor;
        this.live = feeds.live(this::wake);
        this.catchUp = feeds.catchUp(this::wake, this::hasCaughtUp);
        this.thread = Thread.ofVirtual().name("projections-keeper").unstarted(this::run);
    }

    /** Makes what reads the log. */
    interface Feeds {
        Feed live(Runnable onLetGo);

        Feed catchUp(Runnable onLetGo, Consumer<BuildFold> onNear);
    }

    void start() {
        live.start();
        catchUp.start();
        shares.start();
        thread.start();
    }

    /** Looks soon. */
    void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (!closed) {
                look();
                TimeUnit.NANOSECONDS.sleep(LOOK_AT_MOST_EVERY.toNanos());
                if (wake.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS))
                    wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private void look() {
        Map<String, Throwable> failed = new HashMap<>();
        try {
            Map<Build, Known> before = known();
            List<Looked> looked =
                    store.look(
                            versions.partitions(), // where Redis is away the others are tended
                            (partition, e) -> failed.put(partition.projection(), e));
            janitor.sweep(looked);
            Head head = log.head(); // who cannot read the log leaves partitions to those who can
            share(looked, failed);
            for (Looked each : looked) tend(each, head, before);
        } catch (RuntimeException | Error e) {
            // Redis or the database does not answer; and whatever else it is, a keeper never ends.
            for (String name : versions.names()) failed.put(name, e);
        }
        if (!closed) failures.looked(failed);
    }

    /** What was certain of a build before Redis is looked at; what it says must not be less. */
    private record Known(long position, boolean serving) {}

    private Map<Build, Known> known() {
        Map<Build, Known> known = new HashMap<>();
        for (Unit unit : units.values())
            unit.folds()
                    .forEach((build, fold) -> {
                        boolean serving = fold.isServing();
                        if (!fold.isStopped())
                            known.put(build, new Known(fold.stored().position(), serving));
                    });
        return known;
    }

    private void share(List<Looked> looked, Map<String, Throwable> failed) {
        shares.balance(looked, failed::put);
        shares.forEach((place, mine) -> {
            if (mine) units.computeIfAbsent(place, key -> new Unit());
            else letGo(place);
        });
    }

    private void letGo(Place place) {
        Unit unit = units.remove(place);
        if (unit != null) unit.keepOnly(null, null);
        failures.keepOnly(place, Set.of());
    }

    private void tend(Looked looked, Head head, Map<Build, Known> before) {
        for (Projection version : versions.of(looked.partition().projection()))
            tend(version, looked, head, before);
    }

    private void tend(Projection projection, Looked looked, Head head, Map<Build, Known> before) {
        Place place = new Place(looked.partition(), projection.version());
        Unit unit = units.get(place);
        if (unit == null) return;
        @Nullable Build begun = looked.building(projection.version());
        @Nullable Build serving = ifGood(looked.serving(projection.version()), looked, head);
        @Nullable Build building = ifGood(begun, looked, head);
        boolean nothingIsMade = building == null && (begun != null || serving == null);
        @Nullable Build missing =
                versions.isNewest(projection) && nothingIsMade ? notBegun(place) : null;
        unit.keepOnly(serving, building);
        failures.keepOnly(place, present(serving, building, missing));
        attempt(serving, each -> feed(projection, unit, each, looked, head, before));
        attempt(building, each -> feed(projection, unit, each, looked, head, before));
        attempt(missing, each -> begin(unit, place, serving != null, head));
    }

    /** Stands for what is to be begun. */
    private static Build notBegun(Place place) {
        return place.partition().build(place.version(), 0);
    }

    private static Set<Build> present(@Nullable Build... builds) {
        Set<Build> present = new HashSet<>();
        for (Build each : builds) if (each != null) present.add(each);
        return present;
    }

    /** The part of Redis where a partition is may go away just now; the others are tended. */
    private void attempt(@Nullable Build build, Consumer<Build> step) {
        if (build == null) return;
        try {
            step.accept(build);
        } catch (RedisException e) {
            failures.failed(build, e);
        }
    }

    /** Null for what is worthless: of another log, beyond this one, or without a position. */
    private static @Nullable Build ifGood(@Nullable Build build, Looked looked, Head head) {
        StoredPosition position = build == null ? null : looked.position(build);
        return position != null && position.isOf(head) ? build : null;
    }

    private void begin(Unit unit, Place place, boolean keepServing, Head head) {
        if (!unit.mayStart()) return;
        unit.begun();
        store.begin(
                place.partition(),
                place.version(),
                store.load(place.partition(), place.version()),
                keepServing,
                StoredPosition.start(head));
        wake();
    }

    private void feed(
            Projection projection,
            Unit unit,
            Build build,
            Looked looked,
            Head head,
            Map<Build, Known> before) {
        BuildFold running = unit.running(build);
        StoredPosition position = looked.position(build);
        if (running != null && position != null) {
            Known known = before.get(build);
            boolean less =
                    known != null
                            && (position.position() < known.position()
                                    || (known.serving()
                                            && !build.equals(looked.serving(build.version()))));
            if (!less) return;
            running.stop(); // Redis came back with less
        }
        if (unit.mayStart()) start(projection, unit, build, looked, head);
    }

    private void start(Projection projection, Unit unit, Build build, Looked looked, Head head) {
        BuildStore.Loaded loaded = store.load(build.partition(), build.version());
        boolean serves = loaded.serving().generation().equals(String.valueOf(build.generation()));
        BuildStore.State state = serves ? loaded.serving() : loaded.building();
        StoredPosition stored = StoredPosition.parse(state.position());
        if (!state.generation().equals(String.valueOf(build.generation())) || stored == null)
            return; // it has changed meanwhile
        boolean near = head.size() - stored.position() <= BuildFold.NEAR;
        BuildStore through = near ? store : bulk;
        through.prepare(build);
        boolean beside = !serves && versions.serving(looked) != null;
        BuildFold fold =
                new BuildFold(
                        projection,
                        build,
                        through,
                        stored,
                        state.parked(),
                        serves,
                        beside,
                        this::served);
        unit.started(build, fold);
        (near ? live : catchUp).adopt(fold);
    }

    private void hasCaughtUp(BuildFold fold) {
        fold.through(store);
        live.adopt(fold);
    }

    private void served(BuildFold fold, StoredPosition position) {
        Build build = fold.build();
        applied.record(new Place(build.partition(), build.version()), position.position());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        live.close();
        catchUp.close();
        shares.close();
    }
}
