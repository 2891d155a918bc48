package io.pms.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A way to put a packet into the log's tables from one connection, in one transaction. */
interface LoadWay {
    /** Those that are known to be fast. */
    List<LoadWay> ALL = List.of(new TextInsert(), new PreparedInsert(), new LoadData());

    String name();

    /** Does what can be done before the time runs; the answer sends it. */
    Sending prepare(Connection connection, Packet packet);

    /** Sends a packet and returns when it is durable. */
    interface Sending {
        void send() throws SQLException;
    }

    /** Executes statements in one round trip, and sees every error. */
    static void execute(Connection connection, String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(statements);
            while (rows || statement.getUpdateCount() != -1) rows = statement.getMoreResults();
        }
    }
}
