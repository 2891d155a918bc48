package io.pms.log;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A connection over which entries are loaded. For one thread; what was committed stays. */
public final class LoadingLane implements AutoCloseable {
    /** Of one INSERT: some hundred KB, far from any server's {@code max_allowed_packet}. */
    private static final int ROWS_A_STATEMENT = 500;

    private static final int STATEMENT_CHARACTERS = 1 << 20;

    /** As {@link WriterConnection} has it: text reaches the server as {@link SqlText} writes it. */
    private static final String OPTIONS =
            "useServerPrepStmts=false&characterEncoding=UTF-8&connectTimeout=5000&socketTimeout=600000";

    private final DatabaseUrl owner;
    private final int logId;
    private final Connection connection;
    private final StringBuilder sql = new StringBuilder();

    private LoadingLane(DatabaseUrl owner, int logId, Connection connection) {
        this.owner = owner;
        this.logId = logId;
        this.connection = connection;
    }

    static LoadingLane open(DatabaseUrl owner, int logId) {
        try {
            Connection connection = DriverManager.getConnection(owner.with(OPTIONS));
            execute(
                    connection,
                    "SET SESSION sql_mode='STRICT_ALL_TABLES', SESSION unique_checks=0");
            connection.setAutoCommit(false);
            return new LoadingLane(owner, logId, connection);
        } catch (SQLException e) {
            throw failed(owner, e);
        }
    }

    /**
     * Stores entries that are neighbours, all of them or none.
     *
     * @param entries the bytes of canonical entries, from the first position on
     * @throws io.pms.entry.MalformedEntryException when one is not in canonical form
     * @throws IllegalArgumentException when one is of another log or place
     */
    public void load(long first, List<byte[]> entries) {
        try {
            insert(first, entries);
            connection.commit();
        } catch (SQLException e) {
            throw failed(owner, e);
        }
    }

    private void insert(long first, List<byte[]> entries) throws SQLException {
        MerkleFrontier hasher = new MerkleFrontier();
        sql.setLength(0);
        int rows = 0;
        for (int i = 0; i < entries.size(); i++) {
            byte[] bytes = entries.get(i);
            Entry entry = EntryCodec.decode(bytes);
            requirePlace(entry, logId, first + i);
            sql.append(rows++ == 0 ? EventSql.INSERT : ",");
            EventSql.row(sql, entry, LeafCheck.of(hasher.append(bytes)));
            if (rows == ROWS_A_STATEMENT || sql.length() > STATEMENT_CHARACTERS) {
                execute(connection, sql.toString());
                sql.setLength(0);
                rows = 0;
            }
        }
        if (rows > 0) execute(connection, sql.toString());
    }

    static void requirePlace(Entry entry, int logId, long position) {
        if (entry.logId() != logId || entry.position() != position)
            throw new IllegalArgumentException(
                    "the entry at position "
                            + position
                            + " says that it is number "
                            + entry.position()
                            + " of log "
                            + entry.logId());
    }

    /**
     * What is stored from a position on has these leaf hashes.
     *
     * @throws IllegalStateException when something else is there: another attempt's
     */
    public void requireStored(long first, List<byte[]> leafHashes) {
        String select =
                "SELECT position, leaf_check FROM event WHERE log_id = ? AND position >= ? AND position < ? ORDER BY position";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setInt(1, logId);
            statement.setLong(2, first);
            statement.setLong(3, first + leafHashes.size());
            try (ResultSet rows = statement.executeQuery()) {
                for (int i = 0; i < leafHashes.size(); i++)
                    if (!rows.next()
                            || rows.getLong(1) != first + i
                            || rows.getLong(2) != LeafCheck.of(leafHashes.get(i)))
                        throw new IllegalStateException(
                                "what %s has at position %,d belongs to another attempt; restore into an empty database"
                                        .formatted(owner, first + i));
            }
        } catch (SQLException e) {
            throw failed(owner, e);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // else every brace of JSON makes it look for {fn}
            statement.executeUpdate(sql);
        }
    }

    static RuntimeException failed(DatabaseUrl owner, SQLException e) {
        if (SqlErrors.isConnection(e) || SqlErrors.isDenied(e) || SqlErrors.isNoTable(e))
            return LogUnavailableException.unreachable(owner, e);
        return new IllegalStateException(
                "the database "
                        + owner
                        + " does not take the events ("
                        + e.getMessage()
                        + "); what it has taken stays, run it again",
                e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // what was committed is stored
        }
    }
}
