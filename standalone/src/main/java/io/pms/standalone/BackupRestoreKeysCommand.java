package io.pms.standalone;

import io.pms.backup.Backup;
import io.pms.backup.Backups;
import io.pms.backup.RestoredKeys;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings people's keys back into a log that was restored from its archive. */
@Command(
        name = "restore-keys",
        description = {
            "Bring people's keys from a backup into a database whose log was restored from its archive.",
            "Keys that are there stay, and whoever was erased stays erased. It may be run again."
        },
        mixinStandardHelpOptions = true)
final class BackupRestoreKeysCommand implements Callable<Integer> {
    @Mixin private BackupOption source = new BackupOption();

    @Mixin private TargetOption database = new TargetOption();

    @Override
    public Integer call() {
        UpCommand.quietUntilConfigured();
        Map<String, String> environment = System.getenv();
        try (Backups backups = source.open(environment);
                LogPlace target = database.openExisting(environment)) {
            Backup backup = source.choose(backups);
            System.out.println("bringing keys of " + backup.name() + " into " + target.url());
            ProgressBar bar = new ProgressBar(System.err, System.console() != null);
            RestoredKeys keys = backups.restoreKeys(backup, target.url(), bar::show);
            bar.end();
            report(keys);
            new KeysToBringBack(database.data(), environment).sayMasterKey();
            return 0;
        }
    }

    private static void report(RestoredKeys keys) {
        if (keys.others() > 0)
            System.out.printf(
                    "%,d people have another key here: what was sealed with that of the backup stays unreadable%n",
                    keys.others());
        System.out.printf(
                "%,d keys are back, %,d were there, %,d are of people who were erased and stay destroyed%n",
                keys.added(), keys.there(), keys.erased());
    }
}
