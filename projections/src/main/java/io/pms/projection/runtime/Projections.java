package io.pms.projection.runtime;

import static java.util.Comparator.comparingLong;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import io.pms.projection.Projection;
import io.pms.projection.runtime.AppliedPositions.Place;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The projections: feeds a fair share of their partitions, if this process is to, and tells how far
 * they are. Thread-safe.
 *
 * <p>Each event takes effect exactly once: a batch's writes and its position are one atomic step
 * that is refused when the stored position is not the one the batch starts from.
 */
public final class Projections implements AutoCloseable {
    /** News get lost, for example when Redis is restarted. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Versions versions;
    private final EventLog log;
    private final RedisLink link;
    private final RedisLink bulk;
    private final BuildStore store;
    private final RedisNews news;
    private final String channel;
    private final AppliedPositions applied = new AppliedPositions();
    private final Monitor monitor;
    private final @Nullable Keeper keeper;

    /**
     * @param run whether this process feeds them, or others do
     * @param grace how long what was replaced is kept for older software that reads it
     */
    public Projections(
            List<Projection> projections,
            boolean run,
            Duration grace,
            EventLog log,
            EventTypes types,
            LettuceConnectionFactory redis,
            RedisNews news,
            MeterRegistry meters) {
        this.versions = new Versions(projections);
        this.log = log;
        this.link = new RedisLink(redis);
        this.bulk = new RedisLink(redis);
        this.news = news;
        this.channel = news.channel("applied");
        this.store = new BuildStore(link, channel);
        Failures failures = new Failures();
        this.monitor = new Monitor(versions, log, store, failures, InstantSource.system());
        String me = UUID.randomUUID().toString();
        this.keeper =
                run
                        ? new Keeper(
                                new Shares(versions, log, link, me),
                                versions,
                                log,
                                store,
                                new BuildStore(bulk, channel),
                                applied,
                                failures,
                                new LogFeeds(log, types, failures),
                                new Janitor(versions, store, grace))
                        : null;
        for (Partition partition : versions.partitions()) measure(partition, meters);
    }

    private record LogFeeds(EventLog log, EventTypes types, Failures failures)
            implements Keeper.Feeds {
        @Override
        public Feed live(Runnable onLetGo) {
            return new LiveFeed(log, types, failures, onLetGo);
        }

        @Override
        public Feed catchUp(Runnable onLetGo, Consumer<BuildFold> onNear) {
            return new CatchUpFeed(log, types, failures, onLetGo, onNear);
        }
    }

    private void measure(Partition partition, MeterRegistry meters) {
        gauge(
                "pms.projection.lag.events",
                "events in the log that the partition does not show",
                partition,
                ProjectionStatus.Share::lagEvents,
                meters);
        gauge(
                "pms.projection.lag.seconds",
                "age of the oldest of them",
                partition,
                ProjectionStatus.Share::lagSeconds,
                meters);
        gauge(
                "pms.projection.parked.aggregates",
                "aggregates that are left out",
                partition,
                ProjectionStatus.Share::parkedAggregates,
                meters);
        if (partition.number() == 0) {
            Gauge.builder("pms.projection.building.events", this, each -> each.built(partition))
                    .description("how many events what is being built has; NaN when nothing is")
                    .tag("projection", partition.projection())
                    .register(meters);
        }
    }

    private void gauge(
            String name,
            String description,
            Partition partition,
            ToDoubleFunction<ProjectionStatus.Share> value,
            MeterRegistry meters) {
        Gauge.builder(
                        name,
                        this,
                        each ->
                                value.applyAsDouble(
                                        each.status(partition.projection())
                                                .partitions()
                                                .get(partition.number())))
                .description(description)
                .tags(
                        Tags.of(
                                "projection",
                                partition.projection(),
                                "partition",
                                String.valueOf(partition.number())))
                .register(meters);
    }

    private double built(Partition partition) {
        ProjectionStatus.Building building = status(partition.projection()).building();
        return building == null ? Double.NaN : building.events();
    }

    /** Begins to listen to those that feed projections, and to feed them if that is wanted. */
    public void start() {
        news.listen(channel, this::heard);
        if (keeper != null) keeper.start();
    }

    /** What {@code apply.lua} tells: name, version, partition, and a stored position. */
    private void heard(String text) {
        String[] parts = text.split(" ", 4);
        StoredPosition position = StoredPosition.parse(parts[3]);
        Partition partition = new Partition(parts[0], Integer.parseInt(parts[2]));
        if (position != null)
            applied.record(new Place(partition, Integer.parseInt(parts[1])), position.position());
    }

    /** Where every projection is, by name. */
    public List<ProjectionStatus> status() {
        return monitor.status();
    }

    /**
     * @throws IllegalArgumentException when there is none of that name
     */
    public ProjectionStatus status(String name) {
        versions.newest(name);
        return status().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** Whether there is a projection of that name. */
    public boolean knows(String name) {
        return versions.knows(name);
    }

    public List<String> names() {
        return versions.names();
    }

    /**
     * Its versions that this software knows, the newest first, as {@code resolve.lua} takes them.
     */
    public String versions(String name) {
        return versions.of(name).stream()
                .map(each -> String.valueOf(each.version()))
                .collect(Collectors.joining(" "));
    }

    /**
     * Builds the newest version of a projection again from the log's beginning, beside what
     * answers, which it replaces when it has caught up. What is being built already goes on.
     *
     * @throws IllegalArgumentException when there is none of that name
     * @throws RedisException when Redis does not answer; some partitions may have begun
     */
    public Rebuild rebuild(String name) {
        Rebuild rebuild =
                Rebuild.begin(
                        versions.partitions(name),
                        versions.newest(name).version(),
                        store,
                        StoredPosition.start(log.head()));
        monitor.forget();
        if (keeper != null) keeper.wake();
        return rebuild;
    }

    /** An aggregate that is left out, and where that began. */
    public record Parked(String aggregateId, ParkedEvent event) {}

    /**
     * What a tenant's data leave out, by where that began.
     *
     * @throws RedisException when Redis does not answer
     */
    public List<Parked> parked(String name, String tenant) {
        Partition partition = Partition.of(name, tenant);
        Looked looked = store.look(partition);
        Build serving = versions.serving(looked);
        if (serving == null) return List.of();
        String prefix = Partition.prefix(tenant);
        List<Parked> parked = new ArrayList<>();
        store.parked(serving)
                .forEach((field, text) -> {
                    ParkedEvent event = ParkedEvent.parse(text);
                    if (event != null && field.startsWith(prefix))
                        parked.add(new Parked(field.substring(prefix.length()), event));
                });
        parked.sort(
                comparingLong((Parked each) -> each.event().position())
                        .thenComparing(Parked::aggregateId));
        return parked;
    }

    /**
     * Waits until queries show a position of a tenant's data.
     *
     * @return false when they do not within the time
     * @throws RedisException when Redis does not answer
     */
    public boolean await(String name, String tenant, long position, Duration timeout)
            throws InterruptedException {
        Partition partition = Partition.of(name, tenant);
        List<Place> places =
                versions.of(name).stream()
                        .map(each -> new Place(partition, each.version()))
                        .toList();
        if (applied.hasReached(places, position)) return true;
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            if (shows(partition, position)) return true;
            long left = deadline - System.nanoTime();
            if (left <= 0) return false;
            if (applied.await(places, position, Math.min(left, LOOK_AGAIN.toNanos()))) return true;
        }
    }

    private boolean shows(Partition partition, long position) {
        Looked looked = store.look(partition);
        Build serving = versions.serving(looked);
        StoredPosition stored = serving == null ? null : looked.position(serving);
        return stored != null && stored.position() >= position;
    }

    @Override
    public void close() {
        monitor.close();
        if (keeper != null) keeper.close();
        news.stopListening(channel);
        link.close();
        bulk.close();
    }
}
