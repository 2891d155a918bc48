package io.pms.archive;

import io.pms.log.DatabaseLock;
import io.pms.log.DatabaseUrl;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time archive a log. It saves work. What keeps the archive right are the
 * conditions of its writes.
 */
final class ArchiveLease implements AutoCloseable {
    /** A database that is silent for longer has let go of the lock, or should have. */
    private static final String TIMEOUTS = "connectTimeout=5000&socketTimeout=10000";

    private static final int CHECK_SECONDS = 5;

    private final DatabaseUrl url;
    private final String purpose;
    private @Nullable DatabaseLock lock;

    ArchiveLease(DatabaseUrl url, int logId) {
        this.url = url;
        this.purpose = "archive-" + logId;
    }

    /** Whether it is held by this process, which takes it if nobody has it. */
    boolean hold() {
        try {
            if (lock != null && lock.connection().isValid(CHECK_SECONDS)) return true;
            close();
            lock = DatabaseLock.take(url, TIMEOUTS, purpose, 0);
        } catch (SQLException e) {
            close();
        }
        return lock != null;
    }

    @Override
    public void close() {
        if (lock != null) lock.close();
        lock = null;
    }
}
