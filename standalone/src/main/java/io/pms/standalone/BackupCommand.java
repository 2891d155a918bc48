package io.pms.standalone;

import io.pms.backup.Backup;
import io.pms.backup.Backups;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Backs the database up, whether or not the platform runs. */
@Command(
        name = "backup",
        description = {
            "Back the database up as it is now; the platform may run meanwhile.",
            "Every table of one moment goes into object storage. A backup that was cut off is none.",
            "PMS_BACKUP_URL lets ./pms up do this every day."
        },
        subcommands = {
            BackupListCommand.class,
            BackupRestoreCommand.class,
            BackupRestoreKeysCommand.class
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Mixin private DatabaseOption place = new DatabaseOption();

    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "s3://bucket/prefix or file:/absolute/folder (default: PMS_BACKUP_URL)")
    private @Nullable String url;

    @Override
    public Integer call() {
        UpCommand.quietUntilConfigured();
        Map<String, String> environment = System.getenv();
        try (Backups backups = BackupUrl.open(url, "--to", environment);
                LogPlace opened = place.open(environment)) {
            ProgressBar bar = new ProgressBar(System.err, System.console() != null);
            Backup backup = backups.write(opened.url(), bar::show);
            bar.end();
            System.out.printf(
                    "backup %s: %,d rows, %,d bytes, %,d s%n",
                    backup.name(),
                    backup.rows(),
                    backup.bytes(),
                    Duration.between(backup.begun(), backup.ended()).toSeconds());
            return 0;
        }
    }
}
