package io.pms.bench;

import java.util.List;

/** The servers that one can measure on. */
enum ServerKind {
    MARIADB("mariadb");

    private final String label;

    ServerKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** What {@code --server} may say. */
    enum Choice {
        MARIADB(ServerKind.MARIADB);

        final List<ServerKind> kinds;

        Choice(ServerKind... kinds) {
            this.kinds = List.of(kinds);
        }
    }
}
