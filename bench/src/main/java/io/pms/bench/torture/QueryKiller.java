package io.pms.bench.torture;

import io.pms.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An administrator who ends what the writers' account has running. */
final class QueryKiller implements AutoCloseable {
    private static final int NO_SUCH_THREAD = 1094;

    private final Connection owner;
    private final Random random;

    QueryKiller(String ownerUrl, long seed) throws SQLException {
        this.owner =
                DriverManager.getConnection(ownerUrl + "&connectTimeout=2000&socketTimeout=2000");
        this.random = new Random(seed);
    }

    /** Ends about half of the queries that run now; answers how many were told to end. */
    int killSome() throws SQLException {
        int killed = 0;
        for (long id : running())
            if (random.nextBoolean()) {
                kill(id);
                killed++;
            }
        return killed;
    }

    private List<Long> running() throws SQLException {
        String sql =
                "SELECT id FROM information_schema.processlist WHERE command = 'Query' AND user = '"
                        + EmbeddedDatabase.APPLICATION
                        + "'";
        List<Long> ids = new ArrayList<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) ids.add(rows.getLong(1));
        }
        return ids;
    }

    private void kill(long id) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute((random.nextBoolean() ? "KILL QUERY " : "KILL ") + id);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_THREAD) throw e; // it has ended meanwhile
        }
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
