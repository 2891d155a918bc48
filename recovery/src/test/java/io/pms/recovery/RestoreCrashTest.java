package io.pms.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.archive.SampleArchive;
import io.pms.archive.SampleLog;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogHeads;
import io.pms.log.LogVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Restores that are killed at any moment. Named invariants: no head before its end, then whole. */
class RestoreCrashTest {
    private static final int SIZE = 70_000;
    private static final int KILLS = 5;

    /** The database may still be ending what a killed one began. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void goOnWhereTheyWereKilled() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        SharedServers.Database database = SharedServers.freshDatabase();
        DatabaseUrl owner = DatabaseUrl.parse(database.ownerUrl());
        try (SampleLog log = new SampleLog();
                SampleArchive archive = archived(log)) {
            for (int kill = 0; kill < KILLS && !LogHeads.find(owner, 0).isPresent(); kill++)
                killed(archive, database, random.nextInt(1_500));
            restored(archive, database);
            assertThat(LogHeads.find(owner, 0).orElseThrow().root())
                    .isEqualTo(log.log().head().root());
            assertThat(LogVerifier.verify(owner, 0, LogVerifier.Progress.NONE).problems())
                    .isEmpty();
        }
    }

    private static SampleArchive archived(SampleLog log) {
        log.append(SIZE);
        return SampleArchive.of(log);
    }

    /** Kills it some time after it has begun to store. */
    private static void killed(
            SampleArchive archive, SharedServers.Database database, int afterMillis)
            throws Exception {
        Process process = start(archive, database);
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        lines.readLine();
        Thread.sleep(afterMillis);
        process.destroyForcibly().waitFor();
    }

    /** Until one has done it, or finds that a killed one had. */
    private static void restored(SampleArchive archive, SharedServers.Database database)
            throws Exception {
        long begun = System.nanoTime();
        while (true) {
            Process process = start(archive, database);
            byte[] said = process.getInputStream().readAllBytes();
            if (process.waitFor() == 0) return;
            if (LogHeads.find(DatabaseUrl.parse(database.ownerUrl()), 0).isPresent()) return;
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as(new String(said, StandardCharsets.UTF_8))
                    .isLessThan(PATIENCE);
        }
    }

    private static Process start(SampleArchive archive, SharedServers.Database database)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestoreMain.class.getName(),
                        archive.url(),
                        archive.keys().getFirst().text(),
                        database.ownerUrl())
                .redirectErrorStream(true)
                .start();
    }
}
