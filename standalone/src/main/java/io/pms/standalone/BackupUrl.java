package io.pms.standalone;

import io.pms.backup.Backup;
import io.pms.backup.BackupProperties;
import io.pms.backup.Backups;
import io.pms.objects.ObjectStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where backups are: what an option says, else the environment. */
final class BackupUrl {
    /** Names the newest one. */
    static final String LATEST = "latest";

    private BackupUrl() {}

    /**
     * @param option the name of the option, for whoever has forgotten it
     * @throws IllegalStateException when neither says it
     */
    static Backups open(@Nullable String url, String option, Map<String, String> environment) {
        String place = url != null ? url : environment.get("PMS_BACKUP_URL");
        if (place == null)
            throw new IllegalStateException(
                    "say where backups are with "
                            + option
                            + " or PMS_BACKUP_URL: s3://bucket/prefix or file:/absolute/folder");
        String endpoint = environment.get("PMS_BACKUP_ENDPOINT");
        return new Backups(
                ObjectStore.open(
                        place,
                        BackupProperties.settings(
                                endpoint == null ? null : URI.create(endpoint),
                                environment.get("PMS_BACKUP_REGION"))),
                InstantSource.system());
    }

    /**
     * @param name {@link #LATEST}, or as it is listed
     * @throws IllegalStateException when it is not there
     */
    static Backup choose(Backups backups, String name) {
        List<String> names = backups.names();
        if (names.isEmpty()) throw new IllegalStateException("there is no backup");
        String chosen = name.equals(LATEST) ? names.getLast() : name;
        return backups.find(chosen)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "there is no backup "
                                        + chosen
                                        + "; the newest is "
                                        + names.getLast()));
    }
}
