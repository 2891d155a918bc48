package io.pms.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** What partitions keep in Redis. Thread-safe. */
final class PartitionStore {
    /** Keys unlinked at once; Redis frees them in the background. */
    private static final int KEYS_A_STEP = 1_000;

    /**
     * A claim outlives a scan of the keys between two steps, and a worker that died not by much.
     */
    private static final Duration CLAIM = Duration.ofSeconds(3);

    /** Slower than any Redis scans. */
    private static final long KEYS_SCANNED_A_MILLISECOND = 500;

    private static final RedisScript<Long> APPLY = script("apply.lua", Long.class);
    private static final RedisScript<Long> CLAIM_IT = script("claim.lua", Long.class);
    private static final RedisScript<Long> CLEAR = script("clear.lua", Long.class);
    private static final RedisScript<Long> BEGIN = script("begin.lua", Long.class);

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
     * @param text the position as it stands in Redis, empty for none
     * @param parked the aggregates whose events are left out, as {@link Partition#parkedField}
     */
    record Loaded(String text, Set<String> parked) {
        /** Null when there is none or it is not understood. */
        @Nullable StoredPosition position() {
            return StoredPosition.parse(text);
        }
    }

    /** Position and parked aggregates of one moment. */
    @SuppressWarnings("unchecked")
    Loaded load(Partition partition) {
        List<String> keys = List.of(partition.positionKey(), partition.parkedKey());
        List<Object> answer = Objects.requireNonNull(redis.execute(LOAD, keys));
        return new Loaded((String) answer.get(0), Set.copyOf((List<String>) answer.get(1)));
    }

    /**
     * Writes a batch and its position in one step.
     *
     * @param from what must be stored
     * @return false when something else is stored; then nothing was written
     */
    boolean apply(Partition partition, StoredPosition from, StoredPosition to, Writes writes) {
        List<String> arguments = new ArrayList<>(writes.arguments().size() + 2);
        arguments.add(from.text());
        arguments.add(to.text());
        arguments.addAll(writes.arguments());
        return done(APPLY, List.of(partition.positionKey()), arguments.toArray(String[]::new));
    }

    /**
     * Takes everything away that a partition has, first its position, and gives it another one. One
     * worker at a time does that; who was paused meanwhile for so long that another one took over
     * takes nothing from that one.
     *
     * @param seen the position for which it is worthless, as {@link Loaded#text}
     * @return false when another worker is doing it, or has done it
     */
    boolean restart(Partition partition, String seen, StoredPosition start) {
        Claim claim = claim(partition, seen);
        return claim != null && clear(claim) && begin(claim, start);
    }

    /** The right to clear a partition, for as long as the same text stands in Redis. */
    record Claim(Partition partition, String text, String millis) {
        String key() {
            return partition.tag() + "claim";
        }
    }

    /** Null when somebody else has it, or another position is stored. */
    @Nullable Claim claim(Partition partition, String seen) {
        Long size = redis.execute((RedisCallback<Long>) each -> each.serverCommands().dbSize());
        long scan = (size == null ? 0 : size) / KEYS_SCANNED_A_MILLISECOND;
        String millis = String.valueOf(CLAIM.toMillis() + scan);
        Claim claim = new Claim(partition, UUID.randomUUID().toString(), millis);
        List<String> keys = List.of(partition.positionKey(), claim.key());
        return done(CLAIM_IT, keys, seen, claim.text(), millis) ? claim : null;
    }

    private boolean clear(Claim claim) {
        String all = claim.partition().tag() + "*";
        List<String> step = new ArrayList<>();
        try (Cursor<String> keys =
                redis.scan(ScanOptions.scanOptions().match(all).count(KEYS_A_STEP).build())) {
            while (keys.hasNext()) {
                String key = keys.next();
                if (!key.equals(claim.key())) step.add(key);
                if (step.size() == KEYS_A_STEP) {
                    if (!clear(claim, step)) return false;
                    step.clear();
                }
            }
        }
        return clear(claim, step);
    }

    /**
     * Takes keys away.
     *
     * @return false when the claim is lost; then they are kept
     */
    boolean clear(Claim claim, List<String> keys) {
        List<String> all = new ArrayList<>(keys.size() + 1);
        all.add(claim.key());
        all.addAll(keys);
        return done(CLEAR, all, claim.text(), claim.millis());
    }

    /** False when the claim is lost. */
    boolean begin(Claim claim, StoredPosition start) {
        List<String> keys = List.of(claim.partition().positionKey(), claim.key());
        return done(BEGIN, keys, claim.text(), start.text());
    }

    private boolean done(RedisScript<Long> script, List<String> keys, String... arguments) {
        Long answer = redis.execute(script, keys, (Object[]) arguments);
        return answer != null && answer == 1;
    }
}
