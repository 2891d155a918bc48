package io.pms.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The unique indexes of {@code event} beside its key. A log that is loaded gets them last: the
 * server sorts once instead of looking for a place for each event. No log opens without them.
 */
final class EventIndexes {
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("event_subject_sequence", "(log_id, subject, sequence)");
        COLUMNS.put("event_event_id", "(log_id, event_id)");
    }

    private EventIndexes() {}

    /** Takes them away; only where there are neither events nor logs. */
    static void drop(Connection connection) throws SQLException {
        Set<String> there = there(connection);
        alter(
                connection,
                COLUMNS.keySet().stream()
                        .filter(there::contains)
                        .map(name -> "DROP KEY " + name)
                        .collect(Collectors.joining(", ")));
    }

    /**
     * Makes those that are not there.
     *
     * @throws IllegalStateException when two events claim the same place or id
     */
    static void build(Connection connection) throws SQLException {
        Set<String> there = there(connection);
        try {
            alter(
                    connection,
                    COLUMNS.entrySet().stream()
                            .filter(index -> !there.contains(index.getKey()))
                            .map(index ->
                                    "ADD UNIQUE KEY " + index.getKey() + " " + index.getValue())
                            .collect(Collectors.joining(", ")));
        } catch (SQLException e) {
            if (!SqlErrors.isDuplicateKey(e)) throw e;
            throw new IllegalStateException(
                    "two events claim the same id or place in a stream: " + e.getMessage(), e);
        }
    }

    private static void alter(Connection connection, String changes) throws SQLException {
        if (changes.isEmpty()) return;
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE event " + changes);
        }
    }

    private static Set<String> there(Connection connection) throws SQLException {
        String sql =
                "SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'event'";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            while (rows.next()) names.add(rows.getString(1));
            return names;
        }
    }
}
