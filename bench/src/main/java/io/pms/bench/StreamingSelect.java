package io.pms.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The ceiling of reading: all columns of our rows in order, as the server sends them, and of each
 * row only the data is looked at.
 *
 * <p>The first round tries the text and the binary protocol; the faster one goes on.
 */
final class StreamingSelect implements Subject, AutoCloseable {
    private final Run run;
    private final List<Protocol> protocols = new ArrayList<>();

    StreamingSelect(Run run, BenchServer.Database database) throws SQLException {
        this.run = run;
        protocols.add(new Protocol("text", database, false));
        protocols.add(new Protocol("binary", database, true));
    }

    @Override
    public String name() {
        return "streaming-select";
    }

    @Override
    public Outcome round() throws SQLException {
        if (protocols.size() > 1) keepFastest();
        else protocols.getFirst().read();
        return Outcome.of(Measure.RATE, protocols.getFirst().rate);
    }

    private void keepFastest() throws SQLException {
        for (Protocol protocol : protocols) {
            protocol.read(); // to warm up
            protocol.read();
            run.tell("streaming SELECT, %s protocol: %,.0f events/s", protocol.name, protocol.rate);
        }
        protocols.sort(Comparator.comparingDouble(protocol -> -protocol.rate));
        protocols.removeLast().connection.close();
    }

    @Override
    public void close() throws SQLException {
        for (Protocol protocol : protocols) protocol.connection.close();
    }

    private static final class Protocol {
        final String name;
        final Connection connection;
        double rate;

        Protocol(String name, BenchServer.Database database, boolean binary) throws SQLException {
            String url = database.applicationUrl() + "&useServerPrepStmts=" + binary;
            this.name = name;
            this.connection = DriverManager.getConnection(url);
        }

        void read() throws SQLException {
            String sql = "SELECT * FROM event WHERE log_id = 0 ORDER BY position";
            long start = System.nanoTime();
            long rows = 0;
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(Integer.MIN_VALUE); // Connector/J: one row at a time
                try (ResultSet result = select.executeQuery()) {
                    int data = result.findColumn("data");
                    for (; result.next(); rows++)
                        if (result.getBytes(data).length == 0)
                            throw new IllegalStateException("an event without data");
                }
            }
            rate = rows / ((System.nanoTime() - start) / 1e9);
        }
    }
}
