package io.pms.bench;

import com.sun.management.OperatingSystemMXBean;
import io.pms.archive.Archive;
import io.pms.archive.ArchiveCopy;
import io.pms.archive.ArchiveVerifier;
import io.pms.archive.TrustedArchive;
import io.pms.bench.Case.Comparison;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogHeads;
import io.pms.log.LogVerifier;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.recovery.Restore;
import io.pms.recovery.Target;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast a log is in a database again, from its archive and from a dump of its database. */
@Command(
        name = "restore",
        description = "Restore a log from its archive, beside loading a dump of the same events.",
        mixinStandardHelpOptions = true)
final class RestoreBench implements Callable<Integer> {
    private static final int EVENTS_PER_AGGREGATE = 10;

    private static final byte[] SEED = new byte[32];

    /** What a core is to verify of an archive in a folder. */
    private static final Outcome TARGET = Outcome.of(Measure.RATE_PER_CORE, 300_000);

    @Mixin private Options options = new Options(3);

    @Option(
            names = "--events",
            description = "How many events there are (default: ${DEFAULT-VALUE}).",
            defaultValue = "500000")
    private int events;

    @Option(
            names = "--latency-millis",
            description =
                    "How long each GET of the archive takes longer, as from a bucket (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private int latencyMillis;

    @Override
    public Integer call() throws Exception {
        return options.run("restore", this::measure);
    }

    private void measure(Run run) throws Exception {
        Path folder = SharedServers.temporary("bench-archive");
        String url = folder.resolve("archive").toUri().toString().replace("///", "/");
        Path dump = folder.resolve("dump.sql");
        try (PmsStore pms = PmsStore.create(run.server());
                ObjectStore store = ObjectStore.open(url, ObjectStoreSettings.defaults())) {
            run.tell("pms stores %,d events", events);
            pms.fill(
                    Sample.streams(
                            Sample.newAggregates(events / EVENTS_PER_AGGREGATE),
                            EVENTS_PER_AGGREGATE));
            run.tell("archiving and dumping them");
            ArchiveCopy.write(pms.log(), store, List.of(SEED));
            run.server().dump(pms.database(), dump);
            Archive archive =
                    new Archive(latencyMillis == 0 ? store : new FarStore(store, latencyMillis));
            Subject ours = Subject.of(pms.name(), () -> restore(run.server(), archive));
            Subject theirs = Subject.of("mysqldump", () -> load(run.server(), dump));
            run.measure(
                    new Case(
                            1,
                            ours,
                            List.of(theirs),
                            List.of(new Comparison("restore", Measure.RATE))));
            run.measure(
                    new Case(
                            1,
                            Subject.of(pms.name(), () -> verify(run, archive)),
                            List.of(Subject.of("target", () -> TARGET)),
                            List.of(new Comparison("verify-archive", Measure.RATE_PER_CORE))));
        }
    }

    private static Outcome restore(BenchServer server, Archive archive) throws Exception {
        return rate(
                server,
                database -> {
                    TrustedArchive trusted = TrustedArchive.open(archive, archive.ownKeys());
                    DatabaseUrl owner = DatabaseUrl.parse(database.ownerUrl());
                    new Restore(trusted, owner, null, Restore.Progress.NONE)
                            .run(new Target.Latest());
                });
    }

    private static Outcome load(BenchServer server, Path dump) throws Exception {
        return rate(server, database -> server.load(database, dump));
    }

    private interface Filling {
        void into(BenchServer.Database database) throws Exception;
    }

    /** Into a database that is there and empty; what was written before is on disk first. */
    private static Outcome rate(BenchServer server, Filling filling) throws Exception {
        BenchServer.Database database = server.newDatabase();
        DatabaseUrl owner = DatabaseUrl.parse(database.ownerUrl());
        LogHeads.find(owner, 0); // makes it
        server.settle();
        long start = System.nanoTime();
        filling.into(database);
        double seconds = (System.nanoTime() - start) / 1e9;
        long stored = LogHeads.find(owner, 0).orElseThrow().size();
        server.drop(database);
        server.emptyBinaryLog();
        return Outcome.of(Measure.RATE, stored / seconds);
    }

    private static Outcome verify(Run run, Archive archive) {
        double before = cpuSeconds();
        long start = System.nanoTime();
        ArchiveVerifier.Result result =
                ArchiveVerifier.verify(archive, archive.ownKeys(), LogVerifier.Progress.NONE);
        if (!result.ok()) throw new IllegalStateException(result.damages().getFirst());
        double seconds = (System.nanoTime() - start) / 1e9;
        long size = result.checkpoint().size();
        run.tell("verified %,.0f entries/s", size / seconds);
        return Outcome.of(Measure.RATE_PER_CORE, size / (cpuSeconds() - before));
    }

    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1e9;
    }
}
