package io.pms.bench;

import com.mysql.cj.jdbc.JdbcStatement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code LOAD DATA LOCAL INFILE} from memory. */
final class LoadData implements LoadWay {
    @Override
    public String name() {
        return "LOAD DATA LOCAL INFILE";
    }

    @Override
    public Sending prepare(Connection connection, Packet packet) {
        String begin = "START TRANSACTION;" + packet.headUpdate();
        Map<Rows, byte[]> files = new LinkedHashMap<>();
        for (Rows rows : packet.filled()) files.put(rows, file(rows));
        return () -> {
            LoadWay.execute(connection, begin);
            for (Map.Entry<Rows, byte[]> file : files.entrySet())
                load(connection, file.getKey(), file.getValue());
            LoadWay.execute(connection, "COMMIT");
        };
    }

    private static void load(Connection connection, Rows rows, byte[] file) throws SQLException {
        String sql =
                "LOAD DATA LOCAL INFILE 'memory' INTO TABLE "
                        + rows.table()
                        + " CHARACTER SET binary "
                        + rows.columnList();
        try (Statement statement = connection.createStatement()) {
            statement
                    .unwrap(JdbcStatement.class)
                    .setLocalInfileInputStream(new ByteArrayInputStream(file));
            int loaded = statement.executeUpdate(sql);
            if (loaded != rows.values().size()) // LOCAL skips what it cannot store
            throw new SQLException(loaded + " of " + rows.values().size() + " rows loaded");
        }
    }

    /** Tabs between values, newlines between rows, backslashes before what is special. */
    private static byte[] file(Rows rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (@Nullable Object[] row : rows.values())
            for (int i = 0; i < row.length; i++) {
                field(file, row[i]);
                file.write(i == row.length - 1 ? '\n' : '\t');
            }
        return file.toByteArray();
    }

    private static void field(ByteArrayOutputStream file, @Nullable Object value) {
        if (value == null) {
            file.writeBytes(new byte[] {'\\', 'N'});
            return;
        }
        byte[] bytes =
                value instanceof byte[] binary
                        ? binary
                        : value.toString().getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes)
            switch (b) {
                case 0 -> file.writeBytes(new byte[] {'\\', '0'});
                case '\\', '\t', '\n' -> file.writeBytes(new byte[] {'\\', b});
                default -> file.write(b);
            }
    }
}
