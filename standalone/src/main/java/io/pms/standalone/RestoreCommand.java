package io.pms.standalone;

import io.pms.archive.ArchiveVerifier;
import io.pms.archive.TrustedArchive;
import io.pms.entry.EntryTime;
import io.pms.log.DatabaseUrl;
import io.pms.recovery.Restore;
import io.pms.recovery.RollForward;
import io.pms.recovery.Target;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Builds a log from its archive, or brings a database up to it. */
@Command(
        name = "restore",
        description = {
            "Build a log in an empty database from its archive; every event is verified before it is stored.",
            "With --roll-forward: append what a database lacks that is shorter than its archive.",
            "After a failure run it again: it goes on where it was."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Mixin private ArchiveOption archive = new ArchiveOption();

    @Option(
            names = "--to",
            paramLabel = "TARGET",
            description =
                    "latest, the last position that is kept, or a recorded time with its zone")
    private @Nullable String to;

    @Option(names = "--roll-forward", description = "append what the database lacks")
    private boolean rollForward;

    @Option(
            names = "--despite-damage",
            description = {
                "go on when the archive is damaged behind the target:",
                "who was erased there is not known, and may come back;",
                "rolling forward, let the log go on without what is damaged and all behind it"
            })
    private boolean despiteDamage;

    @Mixin private TargetOption database = new TargetOption();

    @Override
    public Integer call() {
        UpCommand.quietUntilConfigured();
        Map<String, String> environment = System.getenv();
        if (rollForward == (to != null))
            throw new IllegalArgumentException("say either --to or --roll-forward");
        Target target = to == null ? new Target.Latest() : Target.parse(to);
        try (ArchivePlace place = archive.open(environment)) {
            TrustedArchive trusted = archive.trusted(place);
            int logId = ArchiveVerifier.logId(place.archive(), trusted.size());
            try (LogPlace opened =
                    rollForward ? database.openExisting(environment) : database.open(environment)) {
                if (rollForward) forward(trusted, opened.url(), logId, despiteDamage);
                else restore(trusted, opened, target, environment);
            }
        }
        return 0;
    }

    private void restore(
            TrustedArchive trusted,
            LogPlace opened,
            Target target,
            Map<String, String> environment) {
        RestoreProgress progress = new RestoreProgress();
        Restore.Restored restored =
                new Restore(trusted, opened.url(), environment.get("PMS_ACTOR"), progress)
                        .run(target, despiteDamage);
        opened.grant(restored.logId());
        restored(restored, target, progress);
        if (restored.parent() == null)
            new KeysToBringBack(database.data(), environment).saySigningKey();
        System.out.println(
                "keys of people are not in an archive: ./pms backup restore-keys brings them back from a backup, before ./pms up");
    }

    private static void forward(
            TrustedArchive trusted, DatabaseUrl url, int logId, boolean despiteDamage) {
        RestoreProgress progress = new RestoreProgress();
        forward(new RollForward(trusted, url, logId, progress).run(despiteDamage), progress);
    }

    private static void restored(
            Restore.Restored restored, Target target, RestoreProgress progress) {
        progress.end();
        if (target instanceof Target.RecordedTime time)
            System.out.printf(
                    "the last event recorded by %s is at position %,d%n",
                    EntryTime.format(time.micros()), restored.kept() - 1);
        System.out.printf(
                "log %d: %,d events of the archive in %.1f s%n",
                restored.logId(), restored.kept(), progress.seconds());
        if (restored.parent() == null)
            System.out.printf("%s goes on; archive it where it was%n", restored.origin());
        else forked(restored);
    }

    private static void forked(Restore.Restored restored) {
        System.out.printf(
                "%s is a fork of %s from position %,d on; it needs an archive of its own%n",
                restored.origin(), restored.parent(), restored.kept());
        System.out.printf("%,d erasures that came after were applied%n", restored.erasures());
        restored.damage()
                .forEach(damage ->
                        System.out.println(
                                "not looked through for erasures, who was erased there is not: "
                                        + damage));
    }

    private static void forward(RollForward.Outcome outcome, RestoreProgress progress) {
        progress.end();
        if (outcome.damage() != null)
            System.out.printf(
                    "lost from position %,d on: %s; archive the log into another place%n",
                    outcome.after(), outcome.damage());
        if (outcome.before() < outcome.after())
            System.out.printf(
                    "appended %,d events from the archive: the log has %,d now%n",
                    outcome.after() - outcome.before(), outcome.after());
        else if (outcome.damage() == null)
            System.out.printf(
                    "nothing is missing: the database has %,d events and its archive %,d%n",
                    outcome.after(), outcome.archived());
    }
}
