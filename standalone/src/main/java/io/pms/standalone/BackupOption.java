package io.pms.standalone;

import io.pms.backup.Backup;
import io.pms.backup.Backups;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which backup is read. */
final class BackupOption {
    @Option(
            names = "--from",
            paramLabel = "URL",
            description = "s3://bucket/prefix or file:/absolute/folder (default: PMS_BACKUP_URL)")
    private @Nullable String url;

    @Option(
            names = "--backup",
            paramLabel = "NAME",
            description = "as ./pms backup list shows it (default: ${DEFAULT-VALUE})")
    private String name = BackupUrl.LATEST;

    /**
     * @throws IllegalStateException when neither an option nor the environment says where it is
     */
    Backups open(Map<String, String> environment) {
        return BackupUrl.open(url, "--from", environment);
    }

    /**
     * @throws IllegalStateException when it is not there
     */
    Backup choose(Backups backups) {
        return BackupUrl.choose(backups, name);
    }
}
