package io.pms.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A whole backup, as its manifest describes it. The manifest is the last thing that is written.
 *
 * @param format {@value #FORMAT}
 * @param name of the backup
 * @param begun the moment that the rows are of, give or take a second
 * @param server the database's version
 * @param schema the newest migration of its tables
 * @param logs the logs as they were
 */
public record Backup(
        String format,
        String name,
        Instant begun,
        Instant ended,
        String server,
        String schema,
        List<Log> logs,
        List<Table> tables) {
    static final String FORMAT = "pms-backup/1";

    public Backup {
        Objects.requireNonNull(format);
        Objects.requireNonNull(name);
        Objects.requireNonNull(begun);
        Objects.requireNonNull(ended);
        Objects.requireNonNull(server);
        Objects.requireNonNull(schema);
        logs = List.copyOf(logs);
        tables = List.copyOf(tables);
    }

    /**
     * @param root of its Merkle tree, in base64
     */
    public record Log(int id, String origin, long size, String root) {
        public Log {
            Objects.requireNonNull(origin);
            Objects.requireNonNull(root);
        }
    }

    /**
     * @param parts their bytes, one after the other, are gzip; what is in it, {@link RowsOutput}
     *     says
     */
    public record Table(String name, List<Column> columns, long rows, List<Part> parts) {
        public Table {
            Objects.requireNonNull(name);
            columns = List.copyOf(columns);
            parts = List.copyOf(parts);
        }
    }

    /** An object. */
    public record Part(String key, int bytes, String sha256) {
        public Part {
            Objects.requireNonNull(key);
            Objects.requireNonNull(sha256);
        }
    }

    List<Part> parts() {
        return tables.stream().flatMap(table -> table.parts().stream()).toList();
    }

    /** Of all its parts. */
    public long bytes() {
        return parts().stream().mapToLong(Part::bytes).sum();
    }

    /** Of all its tables. */
    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
