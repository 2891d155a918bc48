package io.pms.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Multi-row statements that the server has prepared, their values in binary. */
final class PreparedInsert implements LoadWay {
    @Override
    public String name() {
        return "multi-row INSERT prepared by the server";
    }

    @Override
    public Sending prepare(Connection connection, Packet packet) {
        String begin = "START TRANSACTION;" + packet.headUpdate();
        return () -> {
            LoadWay.execute(connection, begin);
            for (Rows rows : packet.filled()) insert(connection, rows);
            LoadWay.execute(connection, "COMMIT");
        };
    }

    private static void insert(Connection connection, Rows rows) throws SQLException {
        String row = "(" + String.join(",", Collections.nCopies(rows.columns().size(), "?")) + ")";
        String sql =
                "INSERT INTO "
                        + rows.table()
                        + rows.columnList()
                        + " VALUES"
                        + String.join(",", Collections.nCopies(rows.values().size(), row));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int parameter = 0;
            for (@Nullable Object[] values : rows.values())
                for (Object value : values) insert.setObject(++parameter, value);
            insert.executeUpdate();
        }
    }
}
