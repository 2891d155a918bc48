package io.pms.backup;

import java.util.List;

/**
 * What was restored.
 *
 * @param leftOut tables of the backup that PMS does not make: they are not restored
 */
public record Restored(Backup backup, List<String> leftOut) {
    public Restored {
        leftOut = List.copyOf(leftOut);
    }
}
