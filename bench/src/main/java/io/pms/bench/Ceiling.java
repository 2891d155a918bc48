package io.pms.bench;

import io.pms.bench.LoadWay.Sending;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The most that the server can take from one connection: each round puts the rows that ours stored
 * in its last round into tables of the same schema, with all keys, triggers and the head's update,
 * a durable commit for each packet. Only sending counts; rows are read and packets made before.
 *
 * <p>The first round tries all ways; the fastest goes on.
 */
final class Ceiling implements Subject, AutoCloseable {
    /** Rows a commit. */
    private static final int PACKET_ROWS = 1_000;

    /** How often each way is tried. */
    private static final int TURNS = 3;

    static final String OPTIONS =
            "&allowMultiQueries=true&allowLoadLocalInfile=true&useServerPrepStmts=true&cachePrepStmts=true"
                    + "&prepStmtCacheSqlLimit=1000000&useLocalSessionState=true";

    private final Connection source;
    private final List<Twin> twins = new ArrayList<>();
    private final Run run;

    Ceiling(Run run, PmsStore ours) throws SQLException {
        this.source = DriverManager.getConnection(ours.database().applicationUrl());
        this.run = run;
    }

    @Override
    public String name() {
        return "ceiling";
    }

    @Override
    public Outcome round() throws SQLException {
        if (twins.isEmpty()) tryAll();
        else twins.getFirst().load(sourceSize());
        return Outcome.of(Measure.RATE, twins.getFirst().rate);
    }

    /** A part of the rows in each turn; the way with the best turn goes on. */
    private void tryAll() throws SQLException {
        for (LoadWay way : LoadWay.ALL) twins.add(new Twin(way, run.server().newDatabase()));
        long end = sourceSize();
        for (int turn = 1; turn <= TURNS; turn++)
            for (Twin twin : twins) twin.load(end * turn / TURNS);
        for (Twin twin : twins)
            run.tell("ceiling by %s: %,.0f events/s", twin.way.name(), twin.best);
        twins.sort(Comparator.comparingDouble(twin -> -twin.best));
        while (twins.size() > 1) twins.removeLast().connection.close();
    }

    @Override
    public void close() throws SQLException {
        for (Twin twin : twins) twin.connection.close();
        source.close();
    }

    /** Tables of the same schema, filled in one way. */
    private final class Twin {
        final LoadWay way;
        final Connection connection;
        double rate;
        double best;
        private long size;

        Twin(LoadWay way, BenchServer.Database database) throws SQLException {
            this.way = way;
            PmsStore.migrate(database);
            this.connection = DriverManager.getConnection(database.applicationUrl() + OPTIONS);
        }

        /** Stores what the source has more, up to a position. */
        void load(long end) throws SQLException {
            long before = size;
            List<Sending> sendings = new ArrayList<>();
            while (size < end) {
                long next = Math.min(size + PACKET_ROWS, end);
                sendings.add(way.prepare(connection, Packet.read(source, size, next)));
                size = next;
            }
            if (sendings.isEmpty()) throw new IllegalStateException("ours has stored nothing");
            long start = System.nanoTime();
            for (Sending sending : sendings) sending.send();
            rate = (size - before) / ((System.nanoTime() - start) / 1e9);
            best = Math.max(best, rate);
        }
    }

    private long sourceSize() throws SQLException {
        try (var select = source.prepareStatement("SELECT size FROM log_head WHERE log_id = 0");
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
