package io.pms.standalone;

import io.pms.backup.Backup;
import io.pms.backup.Backups;
import io.pms.backup.Restored;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Fills an empty database with a backup. */
@Command(
        name = "restore",
        description = {
            "Fill an empty database with a backup and verify the log in it.",
            "What was stored after the backup is in the archive: ./pms restore --roll-forward brings it back."
        },
        mixinStandardHelpOptions = true)
final class BackupRestoreCommand implements Callable<Integer> {
    @Mixin private BackupOption source = new BackupOption();

    @Mixin private TargetOption database = new TargetOption();

    @Override
    public Integer call() {
        UpCommand.quietUntilConfigured();
        Map<String, String> environment = System.getenv();
        try (Backups backups = source.open(environment)) {
            Backup backup = source.choose(backups);
            try (LogPlace opened = database.open(environment)) {
                System.out.println("restoring " + backup.name() + " into " + opened.url());
                restore(backups, backup, opened);
            }
            KeysToBringBack missing = new KeysToBringBack(database.data(), environment);
            missing.saySigningKey();
            missing.sayMasterKey();
            return 0;
        }
    }

    private static void restore(Backups backups, Backup backup, LogPlace opened) {
        ProgressBar bar = new ProgressBar(System.err, System.console() != null);
        Restored restored = backups.restore(backup, opened.url(), bar::show);
        bar.end();
        backup.logs().forEach(log -> opened.grant(log.id()));
        report(restored);
    }

    private static void report(Restored restored) {
        restored.leftOut()
                .forEach(table ->
                        System.out.println(
                                "left out: table " + table + ", which PMS does not make"));
        for (Backup.Log log : restored.backup().logs())
            System.out.printf("log %d: %,d events, root %s%n", log.id(), log.size(), log.root());
        System.out.printf(
                "restored %,d rows; every event is what was stored%n", restored.backup().rows());
    }
}
