package io.pms.backup;

import io.pms.log.DatabaseUrl;
import java.sql.SQLException;

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

    static BackupException failed(DatabaseUrl database, SQLException cause) {
        return new BackupException(
                "the database at %s failed while it was restored: %s"
                        .formatted(database, cause.getMessage()),
                cause);
    }
}
