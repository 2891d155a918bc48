package io.pms.bench;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.EmbeddedMySql;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The servers that one can measure on. */
enum ServerKind {
    MARIADB("mariadb") {
        @Override
        EmbeddedDatabase start(Path home, List<String> options) {
            return EmbeddedMariaDb.start(home, 0, with(options, "--innodb-log-file-size=1G"));
        }
    },

    MYSQL8("mysql8") {
        @Override
        EmbeddedDatabase start(Path home, List<String> options) {
            return EmbeddedMySql.start(home, 0, with(options, "--innodb-redo-log-capacity=1G"));
        }
    };

    /** As it is named in results. */
    final String label;

    ServerKind(String label) {
        this.label = label;
    }

    abstract EmbeddedDatabase start(Path home, List<String> options);

    private static List<String> with(List<String> options, String more) {
        return Stream.concat(options.stream(), Stream.of(more)).toList();
    }

    /** What {@code --server} may say. */
    enum Choice {
        MARIADB(ServerKind.MARIADB),
        MYSQL8(ServerKind.MYSQL8),
        BOTH(ServerKind.MARIADB, ServerKind.MYSQL8);

        final List<ServerKind> kinds;

        Choice(ServerKind... kinds) {
            this.kinds = List.of(kinds);
        }
    }
}
