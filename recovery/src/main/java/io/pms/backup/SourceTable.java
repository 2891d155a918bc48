package io.pms.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table and how its rows are read: each value as the bytes it has, or as text that the server
 * makes of it and takes back as the very same.
 *
 * @param key columns of the primary key, in whose order rows are read; may be empty
 * @param expressions what is selected for each column
 */
record SourceTable(String name, List<Column> columns, List<String> key, List<String> expressions) {
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit");

    private static final Set<String> TEXT =
            Set.of(
                    "char",
                    "varchar",
                    "tinytext",
                    "text",
                    "mediumtext",
                    "longtext",
                    "enum",
                    "set",
                    "json",
                    "tinyint",
                    "smallint",
                    "mediumint",
                    "int",
                    "bigint",
                    "decimal",
                    "double",
                    "float",
                    "date",
                    "time",
                    "datetime",
                    "timestamp",
                    "year",
                    "uuid",
                    "inet4",
                    "inet6");

    /**
     * @throws BackupException when there is a type of column whose values would not come back as
     *     they were
     */
    static SourceTable describe(Connection connection, String table) throws SQLException {
        String sql =
                "SELECT column_name, data_type, column_key FROM information_schema.columns WHERE"
                        + " table_schema = DATABASE() AND table_name = ? AND"
                        + " COALESCE(generation_expression, '') = '' ORDER BY ordinal_position";
        List<Column> columns = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Column column = column(table, row.getString(1), row.getString(2));
                    columns.add(column);
                    expressions.add(expression(column, row.getString(2)));
                }
            }
        }
        return new SourceTable(table, columns, key(connection, table), expressions);
    }

    private static Column column(String table, String name, String type) {
        if (!BYTES.contains(type) && !TEXT.contains(type))
            throw new BackupException(
                    "column %s of table %s has the type %s, which a backup cannot hold"
                            .formatted(name, table, type));
        return new Column(name, BYTES.contains(type));
    }

    /** A FLOAT is written with fewer digits than it has, a DOUBLE with all. */
    private static String expression(Column column, String type) {
        if (column.binary()) return column.quoted();
        String value = type.equals("float") ? column.quoted() + " + 0e0" : column.quoted();
        return "CONVERT(" + value + " USING utf8mb4)";
    }

    private static List<String> key(Connection connection, String table) throws SQLException {
        String sql =
                "SELECT column_name FROM information_schema.statistics WHERE table_schema ="
                        + " DATABASE() AND table_name = ? AND index_name = 'PRIMARY' ORDER BY"
                        + " seq_in_index";
        List<String> key = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) key.add(new Column(row.getString(1), false).quoted());
            }
        }
        return key;
    }

    String select() {
        String sql = "SELECT " + String.join(", ", expressions) + " FROM " + quoted();
        return key.isEmpty() ? sql : sql + " ORDER BY " + String.join(", ", key);
    }

    String insert() {
        return "INSERT INTO "
                + quoted()
                + columns.stream().map(Column::quoted).collect(Collectors.joining(", ", " (", ")"))
                + columns.stream()
                        .map(column -> "?")
                        .collect(Collectors.joining(", ", " VALUES (", ")"));
    }

    private String quoted() {
        return new Column(name, false).quoted();
    }
}
