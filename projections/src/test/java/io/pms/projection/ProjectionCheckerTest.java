package io.pms.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Random histories through real servers while things break, and in the end every key of Redis must
 * hold what a fold without indexes, scripts and positions says. {@code -Dpms.seed} repeats a
 * history and its disturbances, {@code -Dpms.seconds} makes it longer.
 */
class ProjectionCheckerTest {
    private final long seed = Long.getLong("pms.seed", System.nanoTime());
    private final Duration duration = Duration.ofSeconds(Integer.getInteger("pms.seconds", 8));
    private final Random random = new Random(seed);
    private final RandomHistory history = new RandomHistory(random);
    private final TestRig rig = new TestRig();
    private final List<String> disturbances = new ArrayList<>();

    ProjectionCheckerTest() {
        System.out.println("pms.seed=" + seed);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void everyKeyHoldsWhatTheLogSaysWhateverBreaksMeanwhile() {
        StringRedisTemplate other = rig.connect();
        Projections first = rig.run(new SlowLog(rig.log, 5), rig.redis);
        Projections second = rig.run(rig.log, other);
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            for (int i = random.nextInt(5); i >= 0; i--) appendSome(150);
            switch (random.nextInt(7)) {
                case 0 -> flush();
                case 1 -> crash(random.nextInt(3_000));
                case 2 -> pause();
                case 3 -> {
                    first.close();
                    first = rig.run(new SlowLog(rig.log, random.nextInt(40)), rig.redis);
                }
                case 4 -> {
                    second.close();
                    appendSome(1_000);
                    second = rig.run(rig.log, other);
                }
                default -> sleep(random.nextInt(200));
            }
        }
        awaitHead();
        allKeysAreRight();
    }

    @Test
    void nothingIsBuiltAgainAndNoPositionGoesBackWhileNothingIsLost() {
        Projections slow = rig.run(new SlowLog(rig.log, 30), rig.redis);
        rig.run(rig.log, rig.connect());
        awaitHead();
        Map<String, StoredPosition> before = positions();
        long end = System.nanoTime() + duration.dividedBy(2).toNanos();
        while (System.nanoTime() < end) {
            appendSome(60);
            if (random.nextInt(20) == 0) {
                slow.close();
                slow = rig.run(new SlowLog(rig.log, 30), rig.redis);
            }
            Map<String, StoredPosition> now = positions();
            before.forEach((partition, old) -> {
                assertThat(now.get(partition)).as("seed %d, %s", seed, partition).isNotNull();
                assertThat(now.get(partition).until()).isEqualTo(old.until());
                assertThat(now.get(partition).position()).isGreaterThanOrEqualTo(old.position());
            });
            before = now;
        }
        awaitHead();
        allKeysAreRight();
    }

    private void appendSome(int most) {
        rig.append(history.next(1 + random.nextInt(most)));
    }

    private void flush() {
        disturbances.add("flush");
        await().ignoreExceptions().until(this::flushed);
    }

    private boolean flushed() {
        rig.redis.execute(
                (RedisCallback<Void>)
                        connection -> {
                            connection.serverCommands().flushAll();
                            return null;
                        });
        return true;
    }

    /** A power cut that loses the end of what was written, also in the middle of a batch. */
    private void crash(int lostBytes) {
        disturbances.add("crash losing " + lostBytes);
        rig.server.kill();
        Path file = rig.home.resolve("appendonly.aof");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (Files.size(file) > lostBytes) channel.truncate(Files.size(file) - lostBytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (random.nextBoolean()) appendSome(400);
        rig.server.restart();
    }

    private void pause() {
        disturbances.add("pause");
        rig.server.suspend();
        appendSome(400);
        sleep(random.nextInt(1_500));
        rig.server.resume();
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, StoredPosition> positions() {
        Map<String, StoredPosition> positions = new TreeMap<>();
        for (Partition partition : TestRig.partitions()) {
            String text = rig.redis.opsForValue().get(partition.positionKey());
            positions.put(partition.positionKey(), StoredPosition.parse(text));
        }
        return positions;
    }

    private void awaitHead() {
        long last = rig.log.head().size() - 1;
        await().alias("all partitions at " + last + ", seed " + seed + ", " + disturbances)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() ->
                        positions().values().stream()
                                .allMatch(at -> at != null && at.position() == last));
    }

    private void allKeysAreRight() {
        Map<String, Object> found = RedisDump.of(rig.redis);
        TestRig.partitions().forEach(partition -> found.remove(partition.positionKey()));
        NaiveFold fold = new NaiveFold();
        rig.log.stream(0, fold::add);
        Map<String, Object> expected = fold.expected();
        List<String> wrong = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        for (String key : keys)
            if (!expected.getOrDefault(key, "nothing").equals(found.get(key)))
                wrong.add(
                        key + "\n  must be " + expected.get(key) + "\n  but is  " + found.get(key));
        System.out.printf(
                "%d events, %d keys, disturbances %s%n",
                rig.log.head().size(), keys.size(), disturbances);
        assertThat(wrong.stream().limit(10))
                .as("seed %d, %d wrong keys", seed, wrong.size())
                .isEmpty();
    }
}
