package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import io.pms.log.MysqlEventLog;
import io.pms.projection.Projection;
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
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random histories through real servers while things break, and in the end every key of Redis must
 * hold what a fold without indexes, scripts and positions says. {@code -Dpms.seed} repeats a
 * history and its disturbances, {@code -Dpms.seconds} makes it longer.
 */
abstract class ProjectionChecker {
    private final long seed = Long.getLong("pms.seed", System.nanoTime());
    private final Duration duration = Duration.ofSeconds(Integer.getInteger("pms.seconds", 8));
    private final Random random = new Random(seed);
    private final RandomHistory history = new RandomHistory(random);
    private final EmbeddedDatabase database =
            SharedServers.startDatabase(SharedServers.temporary("checker"), List.of());
    private final TestRig rig = rig(TestRig.log(database));
    private final List<String> disturbances = new ArrayList<>();

    ProjectionChecker() {
        System.out.println("pms.seed=" + seed);
    }

    /** The Redis that it is about. */
    abstract TestRig rig(MysqlEventLog log);

    @AfterEach
    void close() throws Exception {
        rig.close();
        database.close();
    }

    @Test
    void everyKeyHoldsWhatTheLogSaysWhateverBreaksMeanwhile() {
        TestWorker first = rig.worker(TestRig.PROJECTIONS, new SlowLog(rig.log, 5));
        TestWorker second = rig.worker(TestRig.PROJECTIONS, rig.log);
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            for (int i = random.nextInt(5); i >= 0; i--) appendSome(150);
            switch (random.nextInt(9)) {
                case 0 -> flush();
                case 1 -> crash(random.nextInt(3_000));
                case 2 -> pause();
                case 3 -> {
                    end(first);
                    first = rig.worker(versions(), new SlowLog(rig.log, random.nextInt(40)));
                }
                case 4 -> {
                    end(second);
                    appendSome(1_000);
                    second = rig.worker(versions(), rig.log);
                }
                case 5 -> rebuild(second);
                case 6 -> crashOfTheDatabase();
                default -> sleep(random.nextInt(200));
            }
        }
        end(first);
        end(second);
        rig.worker(newest(), rig.log);
        awaitHead();
        // A rebuild may be under way; what it replaces must be gone as well.
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(ServingData.of(rig.link).others()).isEmpty());
        allKeysAreRight();
    }

    /** Software that replaces whatever has been at work. */
    private static List<Projection> newest() {
        List<Projection> newest = new ArrayList<>();
        for (Projection each : TestRig.PROJECTIONS) newest.add(new Versioned(each, 3));
        return newest;
    }

    @Test
    void nothingIsBuiltAgainAndNoPositionGoesBackWhileNothingIsLost() {
        TestWorker slow = rig.worker(TestRig.PROJECTIONS, new SlowLog(rig.log, 30));
        rig.run();
        awaitHead();
        Map<Partition, StoredPosition> before = rig.positions();
        long end = System.nanoTime() + duration.dividedBy(2).toNanos();
        while (System.nanoTime() < end) {
            appendSome(60);
            if (random.nextInt(20) == 0) {
                slow.close();
                slow = rig.worker(TestRig.PROJECTIONS, new SlowLog(rig.log, 30));
            }
            Map<Partition, StoredPosition> now = rig.positions();
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

    /** Sometimes without a word to the others. */
    private void end(TestWorker worker) {
        if (random.nextBoolean()) {
            disturbances.add("crash of a worker");
            worker.crash();
        } else worker.close();
    }

    /** Software goes forward and back. */
    private List<Projection> versions() {
        disturbances.add("other versions");
        List<Projection> known = new ArrayList<>();
        for (Projection each : TestRig.PROJECTIONS) {
            int newest = 1 + random.nextInt(3);
            known.add(new Versioned(each, newest));
            if (newest > 1 && random.nextBoolean()) known.add(new Versioned(each, newest - 1));
        }
        return known;
    }

    private void rebuild(TestWorker worker) {
        disturbances.add("rebuild");
        try {
            for (String name : worker.projections.names()) worker.projections.rebuild(name);
        } catch (RedisException e) {
            disturbances.add("rebuild refused");
        }
    }

    private void appendSome(int most) {
        rig.append(history.next(1 + random.nextInt(most)));
    }

    private void flush() {
        disturbances.add("flush");
        await().ignoreExceptions().until(this::flushed);
    }

    private boolean flushed() {
        EmbeddedRedis server = anyServer();
        RedisClient client = RedisClient.create(server.url());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().flushall();
            return true;
        } finally {
            client.shutdown();
        }
    }

    private EmbeddedRedis anyServer() {
        return rig.servers.get(random.nextInt(rig.servers.size()));
    }

    /** A power cut that loses the end of what was written, also in the middle of a batch. */
    private void crash(int lostBytes) {
        disturbances.add("crash losing " + lostBytes);
        EmbeddedRedis server = anyServer();
        server.kill();
        Path file = server.home().resolve("appendonly.aof");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (Files.size(file) > lostBytes) channel.truncate(Files.size(file) - lostBytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (random.nextBoolean()) appendSome(400);
        server.restart();
    }

    private void pause() {
        disturbances.add("pause");
        EmbeddedRedis server = anyServer();
        server.suspend();
        appendSome(400);
        sleep(random.nextInt(1_500));
        server.resume();
    }

    private void crashOfTheDatabase() {
        disturbances.add("crash of the database");
        appendSome(2_000);
        database.kill();
        sleep(random.nextInt(500));
        database.restart();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(this::databaseAnswers);
    }

    private boolean databaseAnswers() {
        return rig.log.head().size() >= 0;
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitHead() {
        long last = rig.log.head().size() - 1;
        await().alias("all partitions at " + last + ", seed " + seed + ", " + disturbances)
                .atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .until(() -> rig.allAt(last));
    }

    private void allKeysAreRight() {
        Map<String, Object> found = ServingData.of(rig.link).keys();
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
