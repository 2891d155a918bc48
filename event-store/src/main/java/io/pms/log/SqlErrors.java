package io.pms.log;

import java.sql.SQLException;
import java.util.Set;

/** What the error codes of MySQL and MariaDB mean for an append. */
final class SqlErrors {
    static final int DUPLICATE_KEY = 1062;
    static final int SIGNAL = 1644;
    private static final int NO_TABLE = 1146;
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);
    private static final Set<Integer> RETRY = Set.of(1205, 1213); // lock wait timeout, deadlock

    /**
     * Errors that only come before the COMMIT is executed: too large, no rights, no table, no
     * column, syntax, table full, read-only, bad values. After any other error it is not known what
     * was committed.
     */
    private static final Set<Integer> REFUSED =
            Set.of(
                    1044, 1048, 1054, 1064, 1114, 1136, 1142, 1143, NO_TABLE, 1153, 1264, 1290,
                    1366, 1406, 1792, 1836);

    private SqlErrors() {}

    static boolean isConnection(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.startsWith("08");
    }

    /** The account may not use the database, a table, or a column. */
    static boolean isDenied(SQLException e) {
        return DENIED.contains(e.getErrorCode());
    }

    static boolean isNoTable(SQLException e) {
        return e.getErrorCode() == NO_TABLE;
    }

    static boolean isDuplicateKey(SQLException e) {
        return e.getErrorCode() == DUPLICATE_KEY;
    }

    static boolean isRetry(SQLException e) {
        return RETRY.contains(e.getErrorCode());
    }

    static boolean isRefusal(SQLException e) {
        return REFUSED.contains(e.getErrorCode());
    }

    /**
     * Another head than the packet expects: another size, root or epoch, or, where only commands
     * without events came between, a later recorded time.
     */
    static boolean isStale(SQLException e) {
        return signals(e, "pms: stale head") || signals(e, "pms: the head of a log only grows");
    }

    static boolean signals(SQLException e, String text) {
        return e.getErrorCode() == SIGNAL && String.valueOf(e.getMessage()).contains(text);
    }
}
