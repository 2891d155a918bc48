package io.pms.standalone;

import io.pms.archive.TrustedArchive;
import io.pms.log.Head;
import io.pms.log.LogHeads;
import io.pms.log.Tenants;
import io.pms.recovery.ArchiveComparison;
import io.pms.recovery.DrillReport;
import io.pms.recovery.Restore;
import io.pms.recovery.Target;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.Hash;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Restores the log from its archive into a scratch database and Redis, serves it, and compares what
 * is served with the living system. The living system is only asked.
 */
final class Drill {
    /** Longer than a large batch takes on a machine that is busy. */
    private static final Duration STANDSTILL = Duration.ofMinutes(10);

    private final Supplier<TrustedArchive> archive;
    private final ScratchSpace space;
    private final @Nullable URI living;
    private final @Nullable Supplier<LogPlace> livingLog;
    private final Restore.Progress progress;
    private final Instant time = Instant.now();
    private final long begun = System.nanoTime();
    private final List<String> problems = new ArrayList<>();
    private @Nullable Checkpoint checkpoint;
    private @Nullable Double rpoSeconds;
    private @Nullable Double restoreSeconds;
    private @Nullable Double rtoSeconds;
    private Map<String, Long> leftOut = Map.of();
    private @Nullable Long logCompared;
    private LivingComparison comparison = new LivingComparison(0);
    private ActivityComparison activity = new ActivityComparison(0);

    /**
     * @param archive opened when the drill begins: that it cannot be is a finding too
     * @param living the platform to compare with; null for none
     * @param livingLog its log, to compare with the archive; null where it cannot be reached
     */
    Drill(
            Supplier<TrustedArchive> archive,
            ScratchSpace space,
            @Nullable URI living,
            @Nullable Supplier<LogPlace> livingLog,
            Restore.Progress progress) {
        this.archive = archive;
        this.space = space;
        this.living = living;
        this.livingLog = livingLog;
        this.progress = progress;
    }

    /** What a drill finds is in the report, and so is what has kept it from going on. */
    DrillReport run() throws InterruptedException {
        try {
            hold(archive.get());
        } catch (IOException | RuntimeException e) {
            problems.add(Failures.reason(e));
        }
        return report();
    }

    private DrillReport report() {
        List<String> all = new ArrayList<>(comparison.problems());
        all.addAll(activity.problems());
        all.addAll(problems);
        return new DrillReport(
                time,
                checkpoint == null ? null : checkpoint.origin(),
                checkpoint == null || restoreSeconds == null ? 0 : checkpoint.size(),
                checkpoint == null ? null : checkpoint.root().toString(),
                rpoSeconds,
                restoreSeconds,
                rtoSeconds,
                comparison.compared(),
                comparison.changed(),
                activity.compared(),
                logCompared,
                rtoSeconds == null
                        ? null
                        : leftOut.values().stream().mapToLong(Long::longValue).max().orElse(0),
                all);
    }

    private void hold(TrustedArchive trusted) throws IOException, InterruptedException {
        checkpoint = trusted.checkpoint();
        if (living != null) rpoSeconds = rpoSeconds(living, trusted.size());
        ScratchPlatform scratch = space.platform();
        Restore.Restored restored =
                new Restore(trusted, scratch.owner(), null, progress)
                        .run(new Target.Latest(), false);
        restoreSeconds = seconds();
        Progress.say("starting a platform on what was restored");
        Map<String, String> environment =
                Map.of(
                        "PMS_LOG_ID",
                        String.valueOf(restored.logId()),
                        "PMS_KEYS_LOST",
                        "accepted"); // they are not in an archive
        URI url = scratch.serve(environment);
        awaitQueries(url, restored.size());
        requireUnchanged(scratch, trusted, restored.logId());
        if (livingLog != null) compareLogs(trusted, restored.logId(), livingLog);
        comparison = new LivingComparison(restored.size());
        activity = new ActivityComparison(restored.size());
        if (living != null) compare(scratch, restored, living, url);
        requireNoMoreLeftOut();
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Of this archive, which need not be the one that the living system writes. */
    private static @Nullable Double rpoSeconds(URI living, long archived)
            throws InterruptedException {
        try (PlatformClient client = PlatformClient.patient(living)) {
            JsonNode rpo =
                    client.get("/api/archive?copy=" + archived).path("copy").path("rpoSeconds");
            return rpo.isNumber() ? rpo.asDouble() : null;
        }
    }

    private void awaitQueries(URI url, long size) throws InterruptedException {
        try (PlatformClient client = PlatformClient.patient(url)) {
            new CaughtUp(client, STANDSTILL).await(size);
            rtoSeconds = seconds();
            leftOut = CaughtUp.leftOut(client);
        }
    }

    /** The restore has verified every event; what is served since must not have added any. */
    private void requireUnchanged(ScratchPlatform scratch, TrustedArchive trusted, int logId) {
        Head head = LogHeads.find(scratch.application(), logId).orElseThrow();
        if (head.size() != trusted.size()
                || !Hash.of(head.root()).equals(trusted.checkpoint().root()))
            problems.add(
                    "the restored log has %,d events with another root than the archive's %,d"
                            .formatted(head.size(), trusted.size()));
    }

    /** Row by row: what was changed in the living database is shown by no query. */
    private void compareLogs(TrustedArchive trusted, int logId, Supplier<LogPlace> where) {
        Progress.say("comparing the living log with its archive");
        try (LogPlace place = where.get()) {
            Optional<String> problem =
                    new ArchiveComparison(trusted, place.url(), logId)
                            .problem((done, all) -> progress.show("comparing", done, all));
            if (problem.isEmpty()) logCompared = trusted.size();
            problem.map(each -> "the living log: " + each).ifPresent(problems::add);
        }
    }

    private void compare(
            ScratchPlatform scratch, Restore.Restored restored, URI alive, URI restoredUrl)
            throws InterruptedException {
        for (String tenant : Tenants.of(scratch.application(), restored.logId()))
            try (PlatformClient ofLiving = PlatformClient.patient(alive, tenant);
                    PlatformClient ofRestored = PlatformClient.patient(restoredUrl, tenant)) {
                comparison.compare(tenant, ofLiving, ofRestored);
                activity.compare(tenant, ofLiving, ofRestored);
            }
    }

    /** What the living system leaves out as well is its own trouble, and health tells it. */
    private void requireNoMoreLeftOut() throws InterruptedException {
        Map<String, Long> alive = leftOutAlive();
        leftOut.forEach((projection, aggregates) -> {
            long there = alive.getOrDefault(projection, 0L);
            if (aggregates > there)
                problems.add(
                        "%s: %,d aggregates are left out, because events of theirs cannot be taken; the living system leaves out %,d"
                                .formatted(projection, aggregates, there));
        });
    }

    private Map<String, Long> leftOutAlive() throws InterruptedException {
        if (living == null) return Map.of();
        try (PlatformClient client = PlatformClient.patient(living)) {
            return CaughtUp.leftOut(client);
        }
    }
}
