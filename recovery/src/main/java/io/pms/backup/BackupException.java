package io.pms.backup;

import org.jspecify.annotations.Nullable;

/**
 * A backup could not be made, read or restored. What was begun counts for nothing: a backup without
 * its manifest is none, and a database that was not restored to the end has no log.
 */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackupException(String message) {
        super(message);
    }

    BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
