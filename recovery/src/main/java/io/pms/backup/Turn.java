package io.pms.backup;

import io.pms.log.DatabaseLock;
import io.pms.log.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The right to back a database up, which one process at a time has: a lock that the database keeps
 * as long as the connection lives that the backup is read over.
 */
final class Turn implements AutoCloseable {
    /**
     * Values come as text, so that their bytes are what the server wrote. Ten minutes are longer
     * than a server takes to find a first row, and shorter than anybody should wait for a dead one.
     */
    private static final String OPTIONS =
            "useServerPrepStmts=false&useCursorFetch=false&characterEncoding=UTF-8"
                    + "&connectTimeout=5000&socketTimeout=600000";

    private final DatabaseLock lock;

    private Turn(DatabaseLock lock) {
        this.lock = lock;
    }

    /**
     * Null when another process has it.
     *
     * @throws BackupException when the database cannot be reached
     */
    static @Nullable Turn take(DatabaseUrl database) {
        try {
            DatabaseLock lock = DatabaseLock.take(database, OPTIONS, "backup", 0);
            return lock == null ? null : new Turn(lock);
        } catch (SQLException e) {
            throw new BackupException(
                    "cannot reach the database at %s: %s".formatted(database, e.getMessage()), e);
        }
    }

    Connection connection() {
        return lock.connection();
    }

    /** Ends what is being read, from another thread. */
    void abort() {
        try {
            lock.connection().abort(Runnable::run);
        } catch (SQLException e) {
            // it is gone
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
