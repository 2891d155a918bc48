package io.pms.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A MariaDB server of our own: the MySQL-compatible default of one machine. */
public final class EmbeddedMariaDb extends EmbeddedDatabase {
    private EmbeddedMariaDb(Path home, int port, List<String> options) {
        super(new MariaDbProgram(), home, port, options);
    }

    /**
     * Starts a server on a data directory, which is made when it is absent.
     *
     * @param home where its data, password and log are
     * @param port 0 for any free one
     * @param options more options of the server, for example {@code --log-bin}
     * @throws IllegalStateException when it does not come up, with the end of its log
     */
    public static EmbeddedMariaDb start(Path home, int port, List<String> options) {
        return new EmbeddedMariaDb(home, port, options);
    }

    /** The same as {@link #url} of a server that another process runs there, if one does. */
    public static Optional<String> running(Path home, String database, String account) {
        return DatabaseHome.announced(home)
                .filter(server -> ServerProcess.isRunning(home, MariaDbProgram.NAME))
                .map(server -> url(server.port(), server.password(), database, account));
    }
}
