package io.pms.projection.runtime;

import io.lettuce.core.RedisException;
import io.pms.entry.Entry;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import io.pms.projection.runtime.ProjectionStatus.Building;
import io.pms.projection.runtime.ProjectionStatus.Share;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far projections are, from Redis and the log and not from what workers believe: lag goes
 * on growing when nobody is at work. What cannot be read just now stays as it was last.
 * Thread-safe.
 */
final class Monitor {
    /** So long a partition may be nobody's while it changes hands. */
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(5);

    private final Versions versions;
    private final EventLog log;
    private final BuildStore store;
    private final Failures failures;
    private final InstantSource clock;
    private final Looks looks = new Looks(this::look);
    private final Map<String, Rate> rates = new HashMap<>();
    private final Map<Partition, Long> leftSince = new HashMap<>();
    private List<Looked> looked;
    private Map<Long, Long> recordedMicros = Map.of();
    private long size;
    private volatile List<ProjectionStatus> last;

    Monitor(
            Versions versions,
            EventLog log,
            BuildStore store,
            Failures failures,
            InstantSource clock) {
        this.versions = versions;
        this.log = log;
        this.store = store;
        this.failures = failures;
        this.clock = clock;
        this.looked =
                versions.partitions().stream().map(each -> new Looked(each, Map.of())).toList();
        this.last = versions.names().stream().map(this::status).toList();
    }

    /** What was looked at is not so any more. */
    void forget() {
        looks.changed();
    }

    /**
     * Every projection, by name; within a second or so also while Redis or the database hang, then
     * as it was last.
     */
    List<ProjectionStatus> status() {
        looks.lookAgain();
        return last;
    }

    void close() {
        looks.close();
    }

    /** Whether Redis and the database have answered. */
    private boolean look() {
        boolean redis = lookAtRedis();
        boolean log = lookAtLog();
        last = versions.names().stream().map(this::status).toList();
        return redis && log;
    }

    private boolean lookAtRedis() {
        try {
            List<Looked> now = store.look(versions.partitions(), (partition, failure) -> {});
            looked = looked.stream().map(each -> newest(each, now)).toList();
            return true;
        } catch (RedisException e) {
            return false;
        }
    }

    private static Looked newest(Looked last, List<Looked> now) {
        for (Looked each : now) if (each.partition().equals(last.partition())) return each;
        return last;
    }

    private boolean lookAtLog() {
        try {
            size = log.head().size();
            readTimes();
            return true;
        } catch (LogUnavailableException e) {
            return false;
        }
    }

    /** When the oldest events were recorded that a partition does not show. */
    private void readTimes() {
        TreeSet<Long> oldest = new TreeSet<>();
        for (Looked each : looked) {
            long position = position(each);
            if (position + 1 < size) oldest.add(position + 1);
        }
        Map<Long, Long> times = new HashMap<>();
        for (Entry entry : log.readAt(List.copyOf(oldest)))
            times.put(entry.position(), entry.recordedTimeMicros());
        recordedMicros = times;
    }

    private long position(Looked of) {
        Build serving = versions.serving(of);
        StoredPosition position = serving == null ? null : of.position(serving);
        return position == null ? -1 : position.position();
    }

    private ProjectionStatus status(String name) {
        int version = versions.newest(name).version();
        List<Looked> its =
                looked.stream().filter(each -> each.partition().projection().equals(name)).toList();
        List<Share> shares = its.stream().map(each -> share(each, version)).toList();
        return new ProjectionStatus(
                name,
                version,
                shares.stream().mapToLong(Share::position).min().orElse(-1),
                size,
                shares.stream().allMatch(share -> share.servingVersion() != null),
                shares.stream().mapToInt(Share::parkedAggregates).sum(),
                failure(name, shares),
                building(name, version, its),
                shares);
    }

    /** Where nobody is at work nobody fails at anything either. */
    private @Nullable String failure(String name, List<Share> shares) {
        String left =
                shares.stream()
                        .filter(each -> isLeft(new Partition(name, each.number()), each))
                        .map(each -> String.valueOf(each.number()))
                        .collect(Collectors.joining(", "));
        String failure = failures.of(name);
        return failure != null || left.isEmpty() ? failure : "nobody feeds partition " + left;
    }

    /** Whether nobody has fed what answers for longer than until others take it over. */
    private boolean isLeft(Partition partition, Share share) {
        if (share.servingVersion() == null || share.worker() != null) {
            leftSince.remove(partition);
            return false;
        }
        long since = leftSince.computeIfAbsent(partition, each -> System.nanoTime());
        return System.nanoTime() - since >= TAKEN_OVER_WITHIN.toNanos();
    }

    private Share share(Looked of, int version) {
        Build serving = versions.serving(of);
        long position = position(of);
        return new Share(
                of.partition().number(),
                serving == null ? null : serving.version(),
                serving == null ? null : serving.generation(),
                position,
                of.worker(version),
                serving == null ? 0 : of.parked(serving),
                Math.max(0, size - 1 - position),
                age(position + 1));
    }

    private double age(long position) {
        Long recorded = recordedMicros.get(position);
        if (recorded == null) return 0;
        Instant then = Instant.EPOCH.plus(recorded, java.time.temporal.ChronoUnit.MICROS);
        return Math.max(0, Duration.between(then, clock.instant()).toMillis() / 1_000.0);
    }

    private @Nullable Building building(String name, int version, List<Looked> its) {
        long sum = 0;
        int count = 0;
        for (Looked each : its) {
            Build building = each.building(version);
            StoredPosition position = building == null ? null : each.position(building);
            if (position == null) continue;
            sum += position.position() + 1;
            count++;
        }
        if (count == 0) {
            rates.remove(name);
            return null;
        }
        long events = sum / count;
        long rate =
                rates.computeIfAbsent(name, each -> new Rate())
                        .perSecond(events, System.nanoTime());
        Long left = rate == 0 ? null : (size - events) / rate;
        return new Building(version, count, events, size, rate, left);
    }
}
