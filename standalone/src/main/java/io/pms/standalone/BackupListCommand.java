package io.pms.standalone;

import io.pms.backup.Backup;
import io.pms.backup.BackupException;
import io.pms.backup.Backups;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows which backups there are. */
@Command(
        name = "list",
        description = {
            "Show the backups that there are, the oldest first.",
            "Exit code 0 when the newest one has all its parts."
        },
        mixinStandardHelpOptions = true)
final class BackupListCommand implements Callable<Integer> {
    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "s3://bucket/prefix or file:/absolute/folder (default: PMS_BACKUP_URL)")
    private @Nullable String url;

    @Override
    public Integer call() {
        UpCommand.quietUntilConfigured();
        try (Backups backups = BackupUrl.open(url, "--to", System.getenv())) {
            List<String> names = backups.names();
            if (names.isEmpty()) {
                System.err.println("pms: there is no backup");
                return 1;
            }
            boolean ok = false;
            for (String name : names) ok = show(backups, name);
            if (!ok) System.err.println("pms: the newest backup is damaged");
            return ok ? 0 : 1;
        }
    }

    /** Answers whether it is whole. */
    private static boolean show(Backups backups, String name) {
        try {
            Backup backup = backups.find(name).orElse(null);
            if (backup == null) return false; // deleted meanwhile
            boolean whole = backups.isWhole(backup);
            System.out.printf(
                    "%s  %,12d events %,12d rows %,15d bytes  %s%n",
                    name,
                    backup.logs().stream().mapToLong(Backup.Log::size).sum(),
                    backup.rows(),
                    backup.bytes(),
                    whole ? "whole" : "PARTS ARE MISSING");
            return whole;
        } catch (BackupException e) {
            System.out.println(name + "  DAMAGED: " + e.getMessage());
            return false;
        }
    }
}
