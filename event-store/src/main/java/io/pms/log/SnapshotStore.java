package io.pms.log;

import io.pms.entry.BinaryId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/**
 * Snapshots of aggregates: the one with the highest sequence counts, older ones go when a newer is
 * stored.
 */
final class SnapshotStore {
    private final EventReader reader;
    private final int logId;

    SnapshotStore(EventReader reader, int logId) {
        this.reader = reader;
        this.logId = logId;
    }

    void store(Snapshot snapshot) {
        byte[] subject = BinaryId.toBytes(snapshot.aggregateId());
        reader.query(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "REPLACE INTO snapshot (log_id, subject, sequence, event_id, time, aggregate, type, revision,"
                                    + " metadata, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setInt(1, logId);
                insert.setBytes(2, subject);
                insert.setLong(3, snapshot.sequence());
                insert.setBytes(4, BinaryId.toBytes(snapshot.id()));
                insert.setLong(5, snapshot.timeMicros());
                insert.setString(6, snapshot.aggregateType());
                insert.setString(7, snapshot.type());
                insert.setString(8, snapshot.revision());
                insert.setBytes(9, snapshot.metadata());
                insert.setBytes(10, snapshot.data());
                insert.executeUpdate();
            }
            try (PreparedStatement delete =
                    connection.prepareStatement(
                            "DELETE FROM snapshot WHERE log_id = ? AND subject = ? AND sequence < ?")) {
                delete.setInt(1, logId);
                delete.setBytes(2, subject);
                delete.setLong(3, snapshot.sequence());
                delete.executeUpdate();
            }
            return null;
        });
    }

    Optional<Snapshot> latest(String aggregateId) {
        return reader.query(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "SELECT sequence, event_id, time, aggregate, type, revision, metadata, data FROM snapshot"
                                    + " WHERE log_id = ? AND subject = ? ORDER BY sequence DESC LIMIT 1")) {
                select.setInt(1, logId);
                select.setBytes(2, BinaryId.toBytes(aggregateId));
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) return Optional.empty();
                    return Optional.of(
                            new Snapshot(
                                    aggregateId,
                                    row.getLong(1),
                                    BinaryId.toText(row.getBytes(2)),
                                    row.getLong(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getBytes(7),
                                    row.getBytes(8)));
                }
            }
        });
    }
}
