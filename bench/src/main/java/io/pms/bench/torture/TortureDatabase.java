package io.pms.bench.torture;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.EmbeddedMySql;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The database that is tortured: a server of its own with full durability. */
final class TortureDatabase implements AutoCloseable {
    /** Few, so that they are soon exhausted. */
    private static final List<String> OPTIONS =
            List.of(
                    "--server-id=1",
                    "--log-bin-trust-function-creators=1",
                    "--innodb-flush-log-at-trx-commit=1",
                    "--max-connections=90");

    private static final String DATABASE = "torture";

    /** What {@code --server} may say. */
    enum Kind {
        MARIADB,
        MYSQL8
    }

    private final Kind kind;
    private final Path data;
    private final EmbeddedDatabase server;

    private TortureDatabase(Kind kind, Path data, EmbeddedDatabase server) {
        this.kind = kind;
        this.data = data;
        this.server = server;
    }

    /** Starts it, with an empty log. */
    static TortureDatabase start(Kind kind, Path home, boolean binlog) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(
                binlog
                        ? List.of("--log-bin=binlog", "--sync-binlog=1")
                        : List.of("--skip-log-bin"));
        EmbeddedDatabase server =
                switch (kind) {
                    case MARIADB -> {
                        options.add("--innodb-log-file-size=8M");
                        yield EmbeddedMariaDb.start(home, 0, options);
                    }
                    case MYSQL8 -> {
                        options.add("--innodb-redo-log-capacity=8M");
                        yield EmbeddedMySql.start(home, 0, options);
                    }
                };
        TortureDatabase database = new TortureDatabase(kind, home.resolve("data"), server);
        database.migrate(0);
        return database;
    }

    void migrate(int logId) {
        LogSchema.migrate(DatabaseUrl.parse(ownerUrl()), DatabaseUrl.parse(url()), logId);
    }

    Kind kind() {
        return kind;
    }

    EmbeddedDatabase server() {
        return server;
    }

    /** Its files. */
    Path data() {
        return data;
    }

    /** The file of the table that grows. */
    Path eventFile() {
        return data.resolve(DATABASE).resolve("event.ibd");
    }

    String url() {
        return server.url(DATABASE, EmbeddedDatabase.APPLICATION);
    }

    String ownerUrl() {
        return server.url(DATABASE, EmbeddedDatabase.OWNER);
    }

    @Override
    public void close() {
        server.close();
    }
}
