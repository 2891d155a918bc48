package io.pms.backup;

import io.pms.log.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in a database, asked of the server and not of what is tested. */
final class Sql {
    private Sql() {}

    static void execute(DatabaseUrl url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url.jdbc());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> query(DatabaseUrl url, String sql) {
        try (Connection connection = DriverManager.getConnection(url.jdbc());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) values.add(rows.getString(1));
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static List<String> tables(DatabaseUrl url) {
        return query(
                url,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1");
    }

    /** The hash of every row of every table, but of the history of migrations and recoveries. */
    static Map<String, List<String>> rows(DatabaseUrl url) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : tables(url))
            if (!table.equals("pms_log_schema") && !table.equals("log_recovery"))
                rows.put(table, rows(url, table, "TRUE"));
        return rows;
    }

    static List<String> rows(DatabaseUrl url, String table, String where) {
        String values =
                String.join(
                        ",",
                        query(
                                url,
                                "SELECT CONCAT('COALESCE(HEX(CONVERT(`', column_name, '` USING binary)), \"NULL\")') FROM"
                                        + " information_schema.columns WHERE table_schema = DATABASE() AND table_name = '"
                                        + table
                                        + "' ORDER BY ordinal_position"));
        return query(
                url,
                "SELECT MD5(CONCAT_WS('|',"
                        + values
                        + ")) AS hash FROM "
                        + table
                        + " WHERE "
                        + where
                        + " ORDER BY hash");
    }
}
