package io.pms.standalone;

import io.pms.archive.ArchiveInterval;
import io.pms.archive.ArchiveStatus;
import io.pms.backup.BackupStatus;
import io.pms.log.EventLog;
import io.pms.log.seal.SealStatus;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Asks everything the platform stands on how it is, side by side and with a time limit. */
@Component
final class HealthChecks implements AutoCloseable {
    static final String DATABASE = "database";
    static final String REDIS = "redis";
    static final String STORAGE = "storage";

    /** Only where there is an archive. */
    static final String ARCHIVE = "archive";

    /** Of people's keys, and of backups where there are any. */
    static final String PEOPLE = "people";

    static final String BACKUP = "backup";

    /** Shorter than what load balancers wait for. */
    private static final long TIMEOUT_MILLIS = 2_000;

    /** Below this MySQL and Redis may fail to write any moment. */
    private static final long LITTLE_BYTES = 100L << 20;

    private static final long ENOUGH_BYTES = 1L << 30;

    /**
     * Beside the time between two checkpoints: an archive that runs is a second or two more behind.
     * What is older would be lost with the database.
     */
    private static final Duration LARGE_RPO = Duration.ofSeconds(10);

    private final EventLog log;
    private final StringRedisTemplate redis;
    private final Path data;
    private final @Nullable ArchiveStatus archive;
    private final Duration archiveInterval;
    private final SealStatus people;
    private final @Nullable BackupStatus backup;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    HealthChecks(
            EventLog log,
            StringRedisTemplate redis,
            @Value("${pms.data:.}") Path data,
            ObjectProvider<ArchiveStatus> archive,
            ObjectProvider<ArchiveInterval> archiveInterval,
            SealStatus people,
            ObjectProvider<BackupStatus> backup) {
        this.log = log;
        this.redis = redis;
        this.data = data;
        this.archive = archive.getIfAvailable();
        this.archiveInterval =
                archiveInterval.getIfAvailable(() -> new ArchiveInterval(Duration.ZERO)).least();
        this.people = people;
        this.backup = backup.getIfAvailable();
    }

    /** What a check found; a detail where that is not all well. */
    record Result(Status status, @Nullable String detail) {
        static final Result WELL = new Result(Status.HEALTHY, null);
    }

    Map<String, Result> run() {
        Map<String, Future<Result>> running = new LinkedHashMap<>();
        running.put(DATABASE, executor.submit(this::database));
        running.put(REDIS, executor.submit(this::redis));
        running.put(STORAGE, executor.submit((Callable<Result>) this::storage));
        Map<String, Result> results = new LinkedHashMap<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        running.forEach((name, check) -> results.put(name, result(check, end)));
        if (archive != null) results.put(ARCHIVE, archive(archive));
        results.put(PEOPLE, unlessWell(people.problem()));
        if (backup != null) results.put(BACKUP, unlessWell(backup.problem()));
        return results;
    }

    private static Result unlessWell(@Nullable String problem) {
        return problem == null ? Result.WELL : new Result(Status.DEGRADED, problem);
    }

    private static Result result(Future<Result> check, long end) {
        try {
            return check.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            return new Result(Status.UNHEALTHY, Failures.message(e));
        } catch (TimeoutException e) {
            check.cancel(true);
            return new Result(Status.UNHEALTHY, "no answer within " + TIMEOUT_MILLIS + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(Status.UNHEALTHY, "interrupted");
        }
    }

    private Result database() {
        log.head();
        return Result.WELL;
    }

    private Result redis() {
        redis.execute((RedisCallback<@Nullable String>) connection -> connection.ping());
        return Result.WELL;
    }

    private Result storage() throws java.io.IOException {
        FileStore store = Files.getFileStore(data);
        long free = store.getUsableSpace();
        if (free >= ENOUGH_BYTES) return Result.WELL;
        return new Result(
                free < LITTLE_BYTES ? Status.UNHEALTHY : Status.DEGRADED,
                (free >> 20) + " MB are free where data is kept");
    }

    /**
     * What is behind or cannot be archived is stored all the same. A log that contradicts its
     * archive is another matter: it may have lost events that were answered, and what it takes
     * makes that worse.
     */
    private Result archive(ArchiveStatus archive) {
        String problem = archive.problem();
        if (archive.isForked()) return new Result(Status.UNHEALTHY, problem);
        if (problem != null) return new Result(Status.DEGRADED, problem);
        return behind(archive.lagEvents(), archive.rpo(), archiveInterval);
    }

    /**
     * @param interval the least time between two checkpoints
     */
    static Result behind(long lagEvents, Duration rpo, Duration interval) {
        if (rpo.compareTo(interval.plus(LARGE_RPO)) <= 0) return Result.WELL;
        return new Result(
                Status.DEGRADED,
                "%,d events, the oldest of %,d s ago, are not archived"
                        .formatted(lagEvents, rpo.toSeconds()));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
