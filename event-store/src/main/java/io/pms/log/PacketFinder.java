package io.pms.log;

import io.pms.entry.BinaryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Finds out whether a packet was committed. It is there whole or not at all, but some of what it
 * says may be there without it: a command that was accepted before, the same command from another
 * writer. So all of it is compared.
 */
final class PacketFinder {
    private final int logId;

    PacketFinder(int logId) {
        this.logId = logId;
    }

    /**
     * @param units what the packet was made of
     */
    boolean isStored(Connection connection, Packet packet, List<PreparedUnit> units)
            throws SQLException {
        return hasEvents(connection, packet) && hasReceipts(connection, packet, units);
    }

    private boolean hasEvents(Connection connection, Packet packet) throws SQLException {
        String sql =
                "SELECT leaf_check FROM event WHERE log_id = ? AND position >= ? AND position < ? ORDER BY position";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, logId);
            select.setLong(2, packet.before().size());
            select.setLong(3, packet.after().size());
            try (ResultSet rows = select.executeQuery()) {
                for (long check : packet.leafChecks())
                    if (!rows.next() || rows.getLong(1) != check) return false;
                return true;
            }
        }
    }

    private boolean hasReceipts(Connection connection, Packet packet, List<PreparedUnit> units)
            throws SQLException {
        StringBuilder receipts = new StringBuilder();
        int expected = 0;
        long position = packet.before().size() - 1;
        for (PreparedUnit unit : units) {
            position += unit.events.size();
            if (!unit.events.isEmpty()) continue;
            receipts.append(expected++ == 0 ? "(" : ",(");
            SqlText.bytes(receipts, BinaryId.toBytes(unit.receiptOnly().id()));
            receipts.append(',').append(position).append(')');
        }
        return expected == 0 || count(connection, packet, receipts) == expected;
    }

    private int count(Connection connection, Packet packet, StringBuilder receipts)
            throws SQLException {
        String sql =
                "SELECT COUNT(*) FROM receipt WHERE log_id="
                        + logId
                        + " AND recorded_time="
                        + packet.after().recordedTimeMicros()
                        + " AND (command_id, position) IN ("
                        + receipts
                        + ")";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
