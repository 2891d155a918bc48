package io.pms.log;

import io.pms.entry.BinaryId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** As long as the pool waits for a connection: a database that is away is told in time. */
    private static final int MAX_WAIT_SECONDS = 5;

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
     * @throws IllegalArgumentException when no aggregate can have that id
     */
    Optional<Long> last(String aggregateId) {
        return join(aggregateId, BinaryId.toBytes(aggregateId)).result(aggregateId);
    }

    private Round join(String aggregateId, byte[] key) {
        synchronized (joining) {
            if (open.isFull() && !open.keys.containsKey(aggregateId)) open = new Round();
            if (open.keys.isEmpty()) Thread.startVirtualThread(open::run);
            open.keys.put(aggregateId, key);
            return open;
        }
    }

    /** Those who share a query. A thread of its own runs it, whom no caller can interrupt. */
    private final class Round {
        final Map<String, byte[]> keys = new LinkedHashMap<>();
        private final CountDownLatch ended = new CountDownLatch(1); // wakes who came first first
        private Map<String, Long> found = Map.of();
        private @Nullable Exception failure;

        boolean isFull() {
            return keys.size() >= MAX_AGGREGATES;
        }

        void run() {
            try {
                if (!querying.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS))
                    throw new LogUnavailableException("the database is slow to answer", null);
                try {
                    close();
                    found = reader.query(connection -> query(connection, keys));
                } finally {
                    querying.unlock();
                }
            } catch (RuntimeException | InterruptedException e) {
                close();
                failure = e;
            } finally {
                ended.countDown();
            }
        }

        Optional<Long> result(String aggregateId) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LogUnavailableException("interrupted while a query was waited for", e);
            }
            if (failure == null) return Optional.ofNullable(found.get(aggregateId));
            throw new LogUnavailableException(
                    "the database did not tell the last sequence; retry later", failure);
        }

        /** Whoever asks from now on needs a later query. */
        private void close() {
            synchronized (joining) {
                if (open == this) open = new Round();
            }
        }
    }

    private Map<String, Long> query(Connection connection, Map<String, byte[]> keys)
            throws SQLException {
        List<String> aggregateIds = List.copyOf(keys.keySet());
        Map<String, Long> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select(List.copyOf(keys.values())))) {
            while (rows.next()) {
                long sequence = rows.getLong(2);
                if (!rows.wasNull()) found.put(aggregateIds.get(rows.getInt(1)), sequence);
            }
        }
        return found;
    }

    /** One look at the end of the index for each: a GROUP BY could read whole streams. */
    private String select(List<byte[]> keys) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            sql.append(i == 0 ? "SELECT " : " UNION ALL SELECT ").append(i);
            sql.append(",MAX(sequence) FROM event WHERE log_id=").append(logId);
            sql.append(" AND subject=");
            SqlText.bytes(sql, keys.get(i));
        }
        return sql.toString();
    }
}
