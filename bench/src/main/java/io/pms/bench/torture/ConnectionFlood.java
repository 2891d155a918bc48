package io.pms.bench.torture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Takes every connection that a server gives, until it is closed. */
final class ConnectionFlood implements AutoCloseable {
    private static final int TOO_MANY_CONNECTIONS = 1040;

    private final String url;
    private final List<Connection> taken = new ArrayList<>();

    ConnectionFlood(String url) {
        this.url = url + "&connectTimeout=2000&socketTimeout=2000";
    }

    /** Takes what is free; true when the server then says that there are no more. */
    boolean take() {
        try {
            while (true) taken.add(DriverManager.getConnection(url));
        } catch (SQLException e) {
            return e.getErrorCode() == TOO_MANY_CONNECTIONS;
        }
    }

    @Override
    public void close() {
        for (Connection connection : taken)
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // the server has closed it
            }
    }
}
