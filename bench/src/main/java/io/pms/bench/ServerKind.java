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
        MARIADB,
        MYSQL8,
        BOTH;

        List<ServerKind> kinds() {
            return switch (this) {
                case MARIADB -> List.of(ServerKind.MARIADB);
                case MYSQL8 -> List.of(ServerKind.MYSQL8);
                case BOTH -> List.of(ServerKind.values());
            };
        }
    }
}
