package io.pms.log;

import io.pms.entry.BinaryId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the last sequences of aggregates. Those who ask while a query is under way share the
 * next one: clients that were refused together ask together, and mostly for the same aggregates.
 * Each is told what was committed when it asked, or later. Thread-safe.
 */
final class SequenceLookup {
    /** Aggregates a query. */
    private static final int MAX_AGGREGATES = 64;

    private final EventReader reader;
    private final int logId;
    private final ReentrantLock querying = new ReentrantLock();
    private final Object joining = new Object();
    private Round open = new Round();

    SequenceLookup(EventReader reader, int logId) {
        this.reader = reader;
        this.logId = logId;
    }

    /**
     * @throws LogUnavailableException when the database does not answer
     */
    Optional<Long> last(String aggregateId) {
        Round round = join(aggregateId);
        querying.lock();
        try {
            if (!round.isEnded()) round.run();
        } finally {
            querying.unlock();
        }
        return round.result(aggregateId);
    }

    private Round join(String aggregateId) {
        synchronized (joining) {
            if (open.aggregateIds.size() >= MAX_AGGREGATES) open = new Round();
            open.aggregateIds.add(aggregateId);
            return open;
        }
    }

    /** Those who share a query. Run by the first of them whose turn it is. */
    private final class Round {
        final Set<String> aggregateIds = new LinkedHashSet<>();
        private volatile @Nullable Map<String, Long> found;
        private volatile @Nullable RuntimeException failure;

        boolean isEnded() {
            return found != null || failure != null;
        }

        void run() {
            synchronized (joining) {
                if (open == this) open = new Round(); // whoever asks from now on needs a later one
            }
            try {
                found = reader.query(connection -> query(connection, List.copyOf(aggregateIds)));
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        Optional<Long> result(String aggregateId) {
            Map<String, Long> sequences = found;
            if (sequences != null) return Optional.ofNullable(sequences.get(aggregateId));
            throw new LogUnavailableException("last sequences are not known now", failure);
        }
    }

    private Map<String, Long> query(Connection connection, List<String> aggregateIds)
            throws SQLException {
        Map<String, Long> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select(aggregateIds))) {
            while (rows.next()) {
                long sequence = rows.getLong(2);
                if (!rows.wasNull()) found.put(aggregateIds.get(rows.getInt(1)), sequence);
            }
        }
        return found;
    }

    /** One look at the end of the index for each: a GROUP BY could read whole streams. */
    private String select(List<String> aggregateIds) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < aggregateIds.size(); i++) {
            sql.append(i == 0 ? "SELECT " : " UNION ALL SELECT ").append(i);
            sql.append(",MAX(sequence) FROM event WHERE log_id=").append(logId);
            sql.append(" AND subject=");
            SqlText.bytes(sql, BinaryId.toBytes(aggregateIds.get(i)));
        }
        return sql.toString();
    }
}
