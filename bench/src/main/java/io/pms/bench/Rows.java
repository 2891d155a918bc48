package io.pms.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table of the log as they are stored, whatever its columns. */
record Rows(String table, List<String> columns, List<@Nullable Object[]> values) {

    /** Those of so many positions. */
    static Rows read(Connection connection, String table, long from, long to) throws SQLException {
        String sql =
                "SELECT * FROM "
                        + table
                        + " WHERE position >= ? AND position < ? ORDER BY position";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, from);
            select.setLong(2, to);
            try (ResultSet result = select.executeQuery()) {
                List<@Nullable Object[]> values = new ArrayList<>();
                List<String> columns = columns(result.getMetaData());
                while (result.next()) {
                    @Nullable Object[] row = new @Nullable Object[columns.size()];
                    for (int i = 0; i < row.length; i++) row[i] = result.getObject(i + 1);
                    values.add(row);
                }
                return new Rows(table, columns, values);
            }
        }
    }

    private static List<String> columns(ResultSetMetaData metaData) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) columns.add(metaData.getColumnName(i));
        return columns;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    String columnList() {
        return "(" + String.join(",", columns) + ")";
    }

    /** What the last row has in a column of whole numbers. */
    long last(String column) {
        Object value = values.getLast()[columns.indexOf(column)];
        if (value instanceof Number number) return number.longValue();
        throw new IllegalStateException(table + "." + column + " is not a whole number: " + value);
    }
}
