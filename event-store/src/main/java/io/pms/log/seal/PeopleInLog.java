package io.pms.log.seal;

import io.pms.entry.BinaryId;
import java.util.List;
import java.util.OptionalLong;

/** What a log says of people, whatever is known of their keys. Thread-safe. */
final class PeopleInLog {
    /** Of any revision. */
    private static final String ERASED = "pms.person.PersonErased.v%";

    /** For an event {@code e}: whether it tells of an erasure, whatever place it has. */
    static final String IS_ERASURE = "e.type LIKE '" + ERASED + "'";

    /** Whether an event is of a person's stream, and not of a task's that has the same id. */
    private static final String IS_OF_A_PERSON = "type LIKE 'pms.person.%'";

    /** What data of an event have that has a sealed text: within a text quotes are escaped. */
    private static final String SEALED = "%\"ciphertext\":%";

    /** Far less than a connection waits for. */
    private static final long LOOKED_AT_ONCE = 100_000;

    private final KeyDatabase database;
    private final int logId;

    PeopleInLog(KeyDatabase database, int logId) {
        this.database = database;
        this.logId = logId;
    }

    /** Whether the log says that the person was erased; whether there is a key does not matter. */
    boolean isErased(Subject subject) {
        return erasedAt(subject).isPresent();
    }

    /** Where the log says so; empty where it does not. */
    OptionalLong erasedAt(Subject subject) {
        return database
                .select(
                        row -> row.getLong(1),
                        "SELECT e.position FROM event e WHERE e.log_id = ? AND e.subject = ? AND e.sequence = 0 AND "
                                + IS_ERASURE,
                        logId,
                        subject.record())
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Whether the person was registered, whatever has become of the key. */
    boolean isRegistered(Subject subject) {
        return database.has(
                "SELECT 1 FROM event WHERE log_id = ? AND subject = ? AND sequence = 0"
                        + " AND COALESCE(tenant, '') = ? AND "
                        + IS_OF_A_PERSON,
                logId,
                BinaryId.toBytes(subject.id()),
                subject.tenant());
    }

    /** Whether the person's record has texts that were sealed. */
    boolean hasSealedTexts(Subject subject) {
        return !subject.equals(Subject.NOBODY)
                && database.has(
                        "SELECT 1 FROM event WHERE log_id = ? AND subject = ?"
                                + " AND COALESCE(tenant, '') = ? AND data LIKE ? AND "
                                + IS_OF_A_PERSON
                                + " LIMIT 1",
                        logId,
                        BinaryId.toBytes(subject.id()),
                        subject.tenant(),
                        SEALED);
    }

    /**
     * Whether any text was sealed. To tell that takes a look at each event where none was.
     *
     * @param size how many events the log has
     */
    boolean hasSealedTexts(long size) {
        for (long from = 0; from < size; from += LOOKED_AT_ONCE)
            if (database.has(
                    "SELECT 1 FROM event WHERE log_id = ? AND position >= ? AND position < ?"
                            + " AND data LIKE ? LIMIT 1",
                    logId,
                    from,
                    from + LOOKED_AT_ONCE,
                    SEALED)) return true;
        return false;
    }

    /** Where the log tells of erasures, from a position to before another. */
    List<Long> erasures(long from, long to) {
        return database.select(
                row -> row.getLong(1),
                "SELECT position FROM event WHERE log_id = ? AND position >= ? AND position < ?"
                        + " AND type LIKE ? ORDER BY position",
                logId,
                from,
                to,
                ERASED);
    }
}
