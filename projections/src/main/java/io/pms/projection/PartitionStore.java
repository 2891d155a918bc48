package io.pms.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** What partitions keep in Redis. Thread-safe. */
final class PartitionStore {
    /** Keys unlinked at once; Redis frees them in the background. */
    private static final int KEYS_A_STEP = 1_000;

    /** Emptying is over long before; a worker that died meanwhile holds nobody up for longer. */
    private static final Duration EMPTYING = Duration.ofSeconds(30);

    private static final RedisScript<Long> APPLY = script("apply.lua", Long.class);
    private static final RedisScript<Long> CLEAR = script("clear.lua", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> LOAD = script("load.lua", List.class);

    private final StringRedisTemplate redis;

    PartitionStore(StringRedisTemplate redis) {
        this.redis = redis;
    }

    private static <T> RedisScript<T> script(String name, Class<T> answer) {
        return RedisScript.of(new ClassPathResource(name, PartitionStore.class), answer);
    }

    @Nullable StoredPosition position(Partition partition) {
        return StoredPosition.parse(redis.opsForValue().get(partition.positionKey()));
    }

    /**
     * What a worker must know of a partition.
     *
     * @param parked the aggregates whose events are left out, as {@link Partition#parkedField}
     */
    record Loaded(@Nullable StoredPosition position, Set<String> parked) {}

    /** Position and parked aggregates of one moment. */
    @SuppressWarnings("unchecked")
    Loaded load(Partition partition) {
        List<String> keys = List.of(partition.positionKey(), partition.parkedKey());
        List<Object> answer = Objects.requireNonNull(redis.execute(LOAD, keys));
        return new Loaded(
                StoredPosition.parse((String) answer.get(0)),
                Set.copyOf((List<String>) answer.get(1)));
    }

    /**
     * Writes a batch and its position in one step.
     *
     * @param from what must be stored; null for nothing
     * @return false when something else is stored; then nothing was written
     */
    boolean apply(
            Partition partition, @Nullable StoredPosition from, StoredPosition to, Writes writes) {
        List<String> arguments = new ArrayList<>(writes.arguments().size() + 2);
        arguments.add(from == null ? "" : from.text());
        arguments.add(to.text());
        arguments.addAll(writes.arguments());
        Long applied = redis.execute(APPLY, List.of(partition.positionKey()), arguments.toArray());
        return applied != null && applied == 1;
    }

    /**
     * Takes everything away that a partition has, first its position. A worker that was paused
     * meanwhile for so long that another one has begun anew takes nothing from that one.
     *
     * @return false when another worker is doing that, or has done it
     */
    boolean empty(Partition partition) {
        String claim = partition.tag() + "emptying";
        if (!Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(claim, "1", EMPTYING)))
            return false;
        redis.delete(partition.positionKey());
        return clear(partition, claim);
    }

    private boolean clear(Partition partition, String claim) {
        ScanOptions all =
                ScanOptions.scanOptions().match(partition.tag() + "*").count(KEYS_A_STEP).build();
        List<String> step = new ArrayList<>();
        try (Cursor<String> keys = redis.scan(all)) {
            while (keys.hasNext()) {
                String key = keys.next();
                if (!key.equals(claim)) step.add(key);
                if (step.size() == KEYS_A_STEP) {
                    if (!clear(partition, step)) return false;
                    step.clear();
                }
            }
        }
        return clear(partition, step);
    }

    /**
     * Takes keys away as long as the partition has no position.
     *
     * @return false when it has one; then they are kept
     */
    boolean clear(Partition partition, List<String> keys) {
        List<String> all = new ArrayList<>(keys.size() + 1);
        all.add(partition.positionKey());
        all.addAll(keys);
        Long cleared = redis.execute(CLEAR, all);
        return cleared != null && cleared == 1;
    }

    /** Lets others empty the partition again. */
    void emptied(Partition partition) {
        redis.delete(partition.tag() + "emptying");
    }
}
