package io.pms.standalone;

import io.pms.archive.TrustedArchive;
import io.pms.log.LogVerifier;
import io.pms.log.Tenants;
import io.pms.recovery.DrillReport;
import io.pms.recovery.Restore;
import io.pms.recovery.Target;
import io.pms.tlog.Checkpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restores the log from its archive into a scratch database and Redis, serves it, and compares what
 * is served with the living system. The living system is only asked.
 */
final class Drill {
    private static final Duration PROJECTIONS_TIMEOUT = Duration.ofHours(2);

    private final TrustedArchive archive;
    private final Path folder;
    private final @Nullable URI living;
    private final Map<String, String> environment;
    private final Restore.Progress progress;
    private final long begun = System.nanoTime();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param folder for scratch, empty
     * @param living the platform to compare with; null for none
     * @param environment what the restored platform needs beside its servers, such as keys
     */
    Drill(
            TrustedArchive archive,
            Path folder,
            @Nullable URI living,
            Map<String, String> environment,
            Restore.Progress progress) {
        this.archive = archive;
        this.folder = folder;
        this.living = living;
        this.environment = environment;
        this.progress = progress;
    }

    /** What a drill finds is in the report; what keeps it from being held is thrown. */
    DrillReport run() throws IOException, InterruptedException {
        Instant time = Instant.now();
        double rpo = living == null ? 0 : rpoSeconds(living);
        try (ScratchPlatform scratch = ScratchPlatform.start(folder)) {
            Restore.Restored restored =
                    new Restore(archive, scratch.owner(), null, progress).run(new Target.Latest());
            double restoreSeconds = seconds();
            Progress.say("starting a platform on what was restored");
            URI url = scratch.serve(environment(restored));
            awaitProjections(url);
            double rtoSeconds = seconds();
            requireRoot(scratch, restored);
            LivingComparison comparison = compare(scratch, restored, url);
            problems.addAll(comparison.problems());
            Checkpoint checkpoint = archive.checkpoint();
            return new DrillReport(
                    time,
                    checkpoint.origin(),
                    restored.kept(),
                    checkpoint.root().toString(),
                    rpo,
                    restoreSeconds,
                    rtoSeconds,
                    comparison.compared(),
                    comparison.changed(),
                    problems);
        }
    }

    private Map<String, String> environment(Restore.Restored restored) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PMS_LOG_ID", String.valueOf(restored.logId()));
        all.put("PMS_KEYS_LOST", "accepted"); // they are not in an archive
        return all;
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double rpoSeconds(URI living) throws InterruptedException {
        try (PlatformClient client = new PlatformClient(living)) {
            return client.get("/api/archive").path("rpoSeconds").asDouble();
        }
    }

    private static void awaitProjections(URI url) throws InterruptedException {
        long end = System.nanoTime() + PROJECTIONS_TIMEOUT.toNanos();
        try (PlatformClient client = new PlatformClient(url)) {
            while (!client.get("/api/health").path("status").asString().equals("healthy")) {
                if (System.nanoTime() > end)
                    throw new IllegalStateException(
                            "the restored platform has not become healthy in "
                                    + PROJECTIONS_TIMEOUT.toHours()
                                    + " h");
                Thread.sleep(100);
            }
        }
    }

    /** What the platform stands on is still what was restored. */
    private void requireRoot(ScratchPlatform scratch, Restore.Restored restored) {
        LogVerifier.Result result =
                LogVerifier.verify(
                        scratch.application(),
                        restored.logId(),
                        (done, all) -> progress.show("verifying", done, all));
        if (!result.ok()) problems.add("the restored log: " + result.problem());
        if (result.events() != restored.size())
            problems.add(
                    "the restored log has %,d events and should have %,d"
                            .formatted(result.events(), restored.size()));
    }

    private LivingComparison compare(ScratchPlatform scratch, Restore.Restored restored, URI url) {
        LivingComparison comparison = new LivingComparison(restored.size());
        if (living == null) return comparison;
        for (String tenant : Tenants.of(scratch.application(), restored.logId()))
            try (PlatformClient ofLiving = new PlatformClient(living, tenant);
                    PlatformClient ofRestored = new PlatformClient(url, tenant)) {
                comparison.compare(tenant, ofLiving, ofRestored);
            }
        return comparison;
    }
}
