package io.pms.log;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The organisations that a log has events of. */
public final class Tenants {
    private Tenants() {}

    /**
     * All of them, in their order. It reads the whole log.
     *
     * @throws LogUnavailableException when the database cannot be reached
     */
    public static List<String> of(DatabaseUrl url, int logId) {
        String sql =
                "SELECT DISTINCT tenant FROM event WHERE log_id = ? AND tenant IS NOT NULL ORDER BY tenant";
        try (Connection connection =
                        DriverManager.getConnection(
                                url.with("connectTimeout=5000&socketTimeout=600000"));
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, logId);
            List<String> tenants = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) tenants.add(rows.getString(1));
            }
            return tenants;
        } catch (SQLException e) {
            throw LogUnavailableException.unreachable(url, e);
        }
    }
}
