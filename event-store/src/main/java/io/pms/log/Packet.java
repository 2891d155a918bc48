package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.log.PreparedUnit.PreparedEvent;
import io.pms.log.Unit.CommandStamp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * One transaction as one text: it reaches the server in one piece, so nothing is locked while the
 * server waits for a client, and it ends where the head is not what the writer thought.
 *
 * @param before the head that it must find
 * @param sql what is sent
 * @param after the head once it has been committed
 * @param leafChecks of its events, in order
 */
record Packet(HeadRow before, String sql, HeadRow after, long[] leafChecks) {
    /** When the head is compared. */
    enum Order {
        /**
         * After the rows are stored: that much is done while the packet before it is still being
         * committed.
         */
        ROWS_FIRST,

        /** Before anything else: costs least when the head is not what was thought. */
        HEAD_FIRST
    }

    static Packet of(
            int logId, HeadRow head, long nowMicros, List<PreparedUnit> units, Order order) {
        long recorded = Math.max(nowMicros, head.recordedTimeMicros());
        MerkleFrontier merkle = head.merkle();
        long[] leafChecks = new long[events(units)];
        Rows events = new Rows(EventSql.INSERT);
        ByteBuffer bodies = BodyHashes.room(units.size());
        Rows receipts =
                new Rows(
                        "INSERT INTO receipt (log_id,command_id,subject,sequence,position,recorded_time,body_hash) VALUES ");
        Rows withoutEvents = new Rows("");
        long position = head.size();
        for (PreparedUnit unit : units) {
            CommandStamp command = unit.command;
            if (unit.events.isEmpty()) {
                receipt(receipts.next(), logId, unit.receiptOnly(), position - 1, recorded);
                SqlText.bytes(withoutEvents.next(), BinaryId.toBytes(unit.receiptOnly().id()));
            } else if (command != null && command.bodyHash() != null) {
                BodyHashes.put(bodies, position - head.size(), command.bodyHash());
            }
            for (PreparedEvent event : unit.events) {
                byte[] leaf = merkle.append(event.entry().complete(position, recorded));
                int index = Math.toIntExact(position - head.size());
                leafChecks[index] = LeafCheck.of(leaf);
                EventSql.stamp(events.next(), logId, position, recorded, leafChecks[index]);
                events.sql.append(event.row());
                position++;
            }
        }
        HeadRow after = head.grown(merkle, recorded);
        StringBuilder sql = new StringBuilder(events.sql.length() + 4096);
        sql.append("ROLLBACK;START TRANSACTION;");
        if (order == Order.HEAD_FIRST) advance(sql, logId, head, after);
        events.endInto(sql);
        bodies(sql, logId, head.size(), recorded, bodies);
        if (order == Order.ROWS_FIRST) advance(sql, logId, head, after);
        if (after.size() > head.size()) refuseReceived(sql, logId, head.size());
        if (!withoutEvents.isEmpty()) refuseStored(sql, logId, withoutEvents);
        receipts.endInto(sql);
        return new Packet(head, sql.append("COMMIT").toString(), after, leafChecks);
    }

    private static int events(List<PreparedUnit> units) {
        int events = 0;
        for (PreparedUnit unit : units) events += unit.events.size();
        return events;
    }

    /** The head's update, which its trigger refuses when the head is another one. */
    static void advance(StringBuilder sql, int logId, HeadRow before, HeadRow after) {
        sql.append("UPDATE log_head SET previous=").append(before.size());
        sql.append(",previous_root=");
        SqlText.bytes(sql, before.root());
        sql.append(",expected_epoch=").append(before.epoch());
        sql.append(",size=").append(after.size());
        sql.append(",root=");
        SqlText.bytes(sql, after.root());
        sql.append(",recorded_time=").append(after.recordedTimeMicros());
        sql.append(",frontier=");
        SqlText.bytes(sql, after.frontier());
        sql.append(" WHERE log_id=").append(logId).append(';');
    }

    /** Ends the packet when a command of the new events has a receipt. */
    private static void refuseReceived(StringBuilder sql, int logId, long from) {
        refuse(
                sql,
                logId,
                "receipt r JOIN event e ON e.log_id=r.log_id AND e.event_id=r.command_id WHERE r.log_id="
                        + logId
                        + " AND e.position>="
                        + from);
    }

    /** Ends the packet when a command without events has events. */
    private static void refuseStored(StringBuilder sql, int logId, Rows commands) {
        refuse(
                sql,
                logId,
                "event WHERE log_id=" + logId + " AND event_id IN (" + commands.sql + ")");
    }

    /** Ends the packet, by the head's trigger, when there is such a row. */
    private static void refuse(StringBuilder sql, int logId, String rows) {
        sql.append("UPDATE log_head SET previous=-2 WHERE log_id=").append(logId);
        sql.append(" AND EXISTS (SELECT 1 FROM ").append(rows).append(");");
    }

    private static void bodies(
            StringBuilder sql, int logId, long position, long recorded, ByteBuffer hashes) {
        if (hashes.position() == 0) return;
        sql.append("INSERT INTO command_bodies (log_id,position,recorded_time,hashes) VALUES (");
        sql.append(logId).append(',').append(position).append(',').append(recorded).append(',');
        SqlText.bytes(sql, Arrays.copyOf(hashes.array(), hashes.position()));
        sql.append(");");
    }

    private static void receipt(
            StringBuilder sql, int logId, CommandStamp command, long position, long recorded) {
        sql.append('(').append(logId).append(',');
        SqlText.bytes(sql, BinaryId.toBytes(command.id()));
        sql.append(',');
        SqlText.bytes(sql, BinaryId.toBytes(command.aggregateId()));
        sql.append(',')
                .append(command.sequence())
                .append(',')
                .append(position)
                .append(',')
                .append(recorded)
                .append(',');
        SqlText.bytes(sql, command.bodyHash());
        sql.append(')');
    }

    /** Rows of one INSERT, or nothing. */
    private static final class Rows {
        final StringBuilder sql = new StringBuilder();
        private final String head;

        Rows(String head) {
            this.head = head;
        }

        StringBuilder next() {
            return isEmpty() ? sql.append(head) : sql.append(',');
        }

        boolean isEmpty() {
            return sql.isEmpty();
        }

        void endInto(StringBuilder packet) {
            if (!isEmpty()) packet.append(sql).append(';');
        }
    }
}
