package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.objects.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a process has that archives, stands by, or only looks on. */
final class ArchivingProcess implements AutoCloseable {
    static final byte[] SEED = new byte[32];

    static final byte[] PLACE = new byte[32];

    /** The longest pause after a failure, and what a slow machine needs. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final ArchiveStatus status;
    private final ArchiveWatch watch;
    private final @Nullable Archiver archiver;

    private ArchivingProcess(
            SampleLog of,
            InstantSource clock,
            @Nullable ObjectStore store,
            byte[] place,
            Duration interval,
            List<byte[]> seeds) {
        status = new ArchiveStatus(clock);
        watch =
                new ArchiveWatch(
                        of.log(),
                        new ArchiveState(of.application(), 0, place),
                        status,
                        new SimpleMeterRegistry(),
                        Duration.ofMillis(20));
        watch.start();
        archiver = store == null ? null : archiver(of, store, place, interval, seeds);
        if (archiver != null) archiver.start();
    }

    static ArchivingProcess start(SampleLog log, ObjectStore store) {
        return start(log, InstantSource.system(), store);
    }

    static ArchivingProcess start(SampleLog log, InstantSource clock, ObjectStore store) {
        return new ArchivingProcess(log, clock, store, PLACE, INTERVAL, List.of(SEED));
    }

    /** With the least time between checkpoints. */
    static ArchivingProcess start(SampleLog log, ObjectStore store, Duration interval) {
        return new ArchivingProcess(
                log, InstantSource.system(), store, PLACE, interval, List.of(SEED));
    }

    /** With other keys. */
    static ArchivingProcess start(SampleLog log, ObjectStore store, List<byte[]> seeds) {
        return new ArchivingProcess(log, InstantSource.system(), store, PLACE, INTERVAL, seeds);
    }

    static ArchivingProcess lookOn(SampleLog log) {
        return lookOn(log, PLACE);
    }

    /** Where the archive is to be in another place. */
    static ArchivingProcess lookOn(SampleLog log, byte[] place) {
        return new ArchivingProcess(
                log, InstantSource.system(), null, place, Duration.ZERO, List.of());
    }

    private Archiver archiver(
            SampleLog of, ObjectStore store, byte[] place, Duration interval, List<byte[]> seeds) {
        return new Archiver(
                of.log(),
                store,
                origin -> LogKeys.ofSeeds(origin, seeds),
                new ArchiveLease(of.application(), 0),
                new ArchiveState(of.application(), 0, place),
                status,
                interval);
    }

    List<String> verifierKeys() {
        return Objects.requireNonNull(archiver).verifierKeys();
    }

    ArchiveStatus status() {
        return status;
    }

    void awaitArchived(long size) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(
                        () -> assertThat(status.archived()).as(status.problem()).isEqualTo(size));
    }

    /** Everything is archived, and this process knows it. */
    void awaitRpoZero() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(status.rpo()).isZero());
    }

    @Override
    public void close() {
        if (archiver != null) archiver.close();
        watch.close();
    }
}
