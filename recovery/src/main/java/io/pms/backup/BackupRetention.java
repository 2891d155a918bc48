package io.pms.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which backups may go, and when.
 *
 * @param keep for how long a backup is kept
 */
record BackupRetention(Duration keep) {
    /** No backup takes longer; what is older was left by a process that died. */
    static final Duration ABANDONED = Duration.ofDays(1);

    BackupRetention {
        if (!keep.isPositive())
            throw new IllegalArgumentException("backups are kept for some time: PMS_BACKUP_KEEP");
    }

    /**
     * Those that are too old, but never the newest whole one, nor anything when there is none.
     *
     * @param finished with their manifests
     * @param whole the newest of them that has all its parts; null for none
     */
    List<BackupName> expired(List<BackupName> finished, @Nullable BackupName whole, Instant now) {
        if (whole == null) return List.of();
        Instant before = now.minus(keep);
        return finished.stream()
                .filter(name -> name.begun().isBefore(before) && !name.equals(whole))
                .toList();
    }

    List<BackupName> abandoned(List<BackupName> unfinished, Instant now) {
        Instant before = now.minus(ABANDONED);
        return unfinished.stream().filter(name -> name.begun().isBefore(before)).toList();
    }
}
