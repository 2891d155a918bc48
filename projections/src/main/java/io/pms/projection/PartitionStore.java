package io.pms.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    private static final RedisScript<Long> APPLY =
            RedisScript.of(new ClassPathResource("apply.lua", PartitionStore.class), Long.class);

    private final StringRedisTemplate redis;

    PartitionStore(StringRedisTemplate redis) {
        this.redis = redis;
    }

    @Nullable StoredPosition position(Partition partition) {
        return StoredPosition.parse(redis.opsForValue().get(partition.positionKey()));
    }

    /** The aggregates whose events are left out. */
    Set<String> parked(Partition partition) {
        return redis.<String, String>opsForHash().keys(partition.parkedKey());
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
     * Takes everything away that a partition has, first its position.
     *
     * @return false when another worker is just doing that
     */
    boolean empty(Partition partition) {
        String claim = partition.tag() + "emptying";
        if (!Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(claim, "1", EMPTYING)))
            return false;
        redis.delete(partition.positionKey());
        ScanOptions all =
                ScanOptions.scanOptions().match(partition.tag() + "*").count(KEYS_A_STEP).build();
        try (Cursor<String> keys = redis.scan(all)) {
            Collection<String> step = new ArrayList<>();
            while (keys.hasNext()) {
                String key = keys.next();
                if (!key.equals(claim)) step.add(key);
                if (step.size() == KEYS_A_STEP || !keys.hasNext()) {
                    if (!step.isEmpty()) redis.unlink(step);
                    step.clear();
                }
            }
        }
        return true;
    }

    /** Lets others empty the partition again. */
    void emptied(Partition partition) {
        redis.delete(partition.tag() + "emptying");
    }
}
