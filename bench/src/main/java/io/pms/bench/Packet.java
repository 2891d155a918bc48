package io.pms.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What one commit stores: rows of the log's tables and the head after them.
 *
 * @param before the log's size before it
 * @param after and after it
 */
record Packet(long before, long after, List<Rows> tables) {
    private static final int HASH_BYTES = 32;

    static Packet read(Connection source, long from, long to) throws SQLException {
        List<Rows> tables = new ArrayList<>();
        for (String table : PmsStore.TABLES) tables.add(Rows.read(source, table, from, to));
        return new Packet(from, to, tables);
    }

    List<Rows> filled() {
        return tables.stream().filter(rows -> !rows.isEmpty()).toList();
    }

    /**
     * The head's update as our log sends it, with a root and a frontier of the right length; the
     * database cannot tell that they hash nothing.
     */
    String headUpdate() {
        return "UPDATE log_head SET previous=%d,previous_root=root,expected_epoch=0,size=%d,root=x'%064x',recorded_time=%d,frontier=x'%s' WHERE log_id=0"
                .formatted(
                        before,
                        after,
                        after,
                        tables.getFirst().last("recorded_time"),
                        HexFormat.of().formatHex(new byte[Long.bitCount(after) * HASH_BYTES]));
    }
}
