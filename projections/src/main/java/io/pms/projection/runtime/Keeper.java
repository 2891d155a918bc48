package io.pms.projection.runtime;

import io.lettuce.core.RedisException;
import io.pms.log.EventLog;
import io.pms.log.Head;
import io.pms.log.LogUnavailableException;
import io.pms.projection.Projection;
import io.pms.projection.runtime.AppliedPositions.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private final AppliedPositions applied;
    private final Failures failures;
    private final Feed live;
    private final Feed catchUp;
    private final Janitor janitor;
    private final Map<Projection, Leases> leases = new LinkedHashMap<>();
    private final Map<Place, Unit> units = new HashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param me what this process is called among those that feed projections
     * @param feeds makes the feeds, which wake the keeper when they let a build go
     */
    Keeper(
            String me,
            Versions versions,
            EventLog log,
            RedisLink link,
            BuildStore store,
            AppliedPositions applied,
            Failures failures,
            Feeds feeds,
            Janitor janitor) {
        this.versions = versions;
        this.log = log;
        this.store = store;
        this.applied = applied;
        this.failures = failures;
        this.janitor = janitor;
        this.live = feeds.live(this::wake);
        this.catchUp = feeds.catchUp(this::wake, live::adopt);
        for (Projection each : versions.all()) leases.put(each, new Leases(link, each, me));
        this.thread = Thread.ofVirtual().name("projections-keeper").unstarted(this::run);
    }

    /** Makes what reads the log. */
    interface Feeds {
        Feed live(Runnable onLetGo);

        Feed catchUp(Runnable onLetGo, java.util.function.Consumer<BuildFold> onNear);
    }

    void start() {
        live.start();
        catchUp.start();
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
        try {
            Map<Build, Long> before = positions();
            List<Looked> looked = store.look(versions.partitions());
            share(looked);
            Head head = log.head();
            for (Looked each : looked)
                for (Projection version : versions.of(each.partition().projection()))
                    tend(version, each, head, before);
            janitor.sweep(looked);
        } catch (RuntimeException e) {
            // Redis or the database does not answer; and whatever else it is, a keeper never ends.
            if (!closed) units.keySet().forEach(place -> failures.failed(place, e));
            if (units.isEmpty() && !closed) failedToBegin(e);
        }
    }

    private void failedToBegin(RuntimeException e) {
        for (Projection each : versions.all())
            failures.failed(new Place(new Partition(each.name(), 0), each.version()), e);
    }

    /** What was stored for certain before Redis is looked at; what it says must not be less. */
    private Map<Build, Long> positions() {
        Map<Build, Long> positions = new HashMap<>();
        for (Unit unit : units.values())
            unit.folds()
                    .forEach((build, fold) -> {
                        if (!fold.isStopped()) positions.put(build, fold.stored().position());
                    });
        return positions;
    }

    private void share(List<Looked> looked) {
        leases.forEach((projection, lease) -> {
            lease.balance(number -> isWanted(projection, number, looked));
            for (int number = 0; number < Partition.COUNT; number++) {
                Place place =
                        new Place(new Partition(projection.name(), number), projection.version());
                if (lease.held().contains(number)) units.computeIfAbsent(place, key -> new Unit());
                else letGo(place);
            }
        });
    }

    private void letGo(Place place) {
        Unit unit = units.remove(place);
        if (unit != null) unit.keepOnly(null, null);
        failures.wentOn(place);
    }

    /** An older version is fed as long as the newest does not serve, and never begun. */
    private boolean isWanted(Projection projection, int number, List<Looked> looked) {
        if (versions.isNewest(projection)) return true;
        for (Looked each : looked)
            if (each.partition().equals(new Partition(projection.name(), number)))
                return each.serving(versions.newest(projection.name()).version()) == null
                        && each.serving(projection.version()) != null;
        return false;
    }

    private void tend(Projection projection, Looked looked, Head head, Map<Build, Long> before) {
        Place place = new Place(looked.partition(), projection.version());
        Unit unit = units.get(place);
        if (unit == null) return;
        @Nullable Build serving = looked.serving(projection.version());
        @Nullable Build building = looked.building(projection.version());
        boolean serves = serving != null && isGood(looked, serving, head);
        boolean builds = building != null && isGood(looked, building, head);
        unit.keepOnly(serves ? serving : null, builds ? building : null);
        if (serves && serving != null) feed(projection, unit, serving, looked, head, before);
        if (builds && building != null) feed(projection, unit, building, looked, head, before);
        boolean lost = (serving != null && !serves) || (building != null && !builds);
        if (versions.isNewest(projection) && (lost || !serves && !builds))
            begin(place, serves, head);
    }

    private static boolean isGood(Looked looked, Build build, Head head) {
        StoredPosition position = looked.position(build);
        return position != null && position.isOf(head);
    }

    private void begin(Place place, boolean keepServing, Head head) {
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
            Map<Build, Long> before) {
        BuildFold running = unit.running(build);
        StoredPosition position = looked.position(build);
        if (running != null && position != null) {
            Long known = before.get(build);
            if (known == null || position.position() >= known) return;
            running.stop(); // Redis came back with less
        }
        if (unit.mayStart()) start(projection, unit, build, head);
    }

    private void start(Projection projection, Unit unit, Build build, Head head) {
        BuildStore.Loaded loaded = store.load(build.partition(), build.version());
        boolean serves = loaded.serving().generation().equals(String.valueOf(build.generation()));
        BuildStore.State state = serves ? loaded.serving() : loaded.building();
        StoredPosition stored = StoredPosition.parse(state.position());
        if (!state.generation().equals(String.valueOf(build.generation())) || stored == null)
            return; // it has changed meanwhile
        BuildFold fold =
                new BuildFold(
                        projection, build, store, stored, state.parked(), serves, this::served);
        unit.started(build, fold);
        if (head.size() - stored.position() <= BuildFold.NEAR) live.adopt(fold);
        else catchUp.adopt(fold);
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
        try {
            leases.values().forEach(Leases::close);
        } catch (RedisException | LogUnavailableException e) {
            // they end by themselves
        }
    }
}
