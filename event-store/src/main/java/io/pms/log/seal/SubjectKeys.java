package io.pms.log.seal;

import io.pms.entry.BinaryId;
import io.pms.entry.PersonIds;
import io.pms.log.DatabaseUrl;
import io.pms.log.seal.KeyWrapping.Wrapped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of people's keys of one log. Whether a person was erased is told by the log: by an
 * aggregate of that person. So a key that an older backup brings back is known for what it is.
 */
public final class SubjectKeys implements AutoCloseable {
    /** The ids of erasures, as they are stored: from this one to before that one. */
    private static final byte[] FIRST_ERASURE = BinaryId.toBytes(PersonIds.ERASURE);

    private static final byte[] BEHIND_ERASURES =
            BinaryId.toBytes(PersonIds.ERASURE.replace('-', '.'));

    private static final String COLUMNS = "k.tenant, k.subject, k.key_id, k.master_key, k.wrapped";

    private final KeyDatabase database;
    private final PeopleInLog log;
    private final int logId;

    private SubjectKeys(KeyDatabase database, int logId) {
        this.database = database;
        this.log = new PeopleInLog(database, logId);
        this.logId = logId;
    }

    /**
     * Opens the keys of a log that {@link io.pms.log.LogSchema#migrate} has made.
     *
     * @throws io.pms.log.LogUnavailableException when the database cannot be reached; so does
     *     everything else
     */
    public static SubjectKeys open(DatabaseUrl url, int logId) {
        return new SubjectKeys(new KeyDatabase(url, logId), logId);
    }

    /**
     * A row.
     *
     * @param wrapped null when the key is destroyed
     */
    record StoredKey(Subject subject, String id, @Nullable Wrapped wrapped) {}

    /** An erasure that the log knows, at a position. */
    record Erasure(Subject subject, long position) {}

    private static StoredKey stored(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes(5);
        return new StoredKey(
                new Subject(row.getString(1), row.getString(2)),
                row.getString(3),
                wrapped == null ? null : new Wrapped(row.getString(4), wrapped));
    }

    /** What the log of these keys says. */
    PeopleInLog log() {
        return log;
    }

    /** Whether there is a row, of any log. */
    boolean any() {
        return database.has("SELECT 1 FROM subject_key LIMIT 1");
    }

    /**
     * Whether the log's keys are lost: it has none at all, not even nobody's, and texts that were
     * sealed with some. To tell that takes a look at each event where there are no such texts.
     *
     * @param size how many events the log has
     */
    boolean areLost(long size) {
        return !database.has("SELECT 1 FROM subject_key WHERE log_id = ? LIMIT 1", logId)
                && log.hasSealedTexts(size);
    }

    /**
     * A person's key; null when there is no row. The key of a person whose erasure the log knows is
     * destroyed, whatever the table says.
     */
    @Nullable StoredKey find(Subject subject) {
        record Found(StoredKey key, long erasedAt) {}
        List<Found> found =
                database.select(
                        row -> new Found(stored(row), row.getLong(6)),
                        "SELECT "
                                + COLUMNS
                                + ", COALESCE(e.position, -1) FROM subject_key k"
                                + " LEFT JOIN event e ON e.log_id = k.log_id AND e.subject = k.record"
                                + " AND e.sequence = 0 AND "
                                + PeopleInLog.IS_ERASURE
                                + " WHERE k.log_id = ? AND k.tenant = ? AND k.subject = ?",
                        logId,
                        subject.tenant(),
                        subject.id());
        if (found.isEmpty()) return null;
        Found one = found.getFirst();
        if (one.key().wrapped() == null || one.erasedAt() < 0) return one.key();
        destroy(subject, one.erasedAt());
        return new StoredKey(subject, one.key().id(), null);
    }

    /** False when the person has one already, or had. */
    boolean add(Subject subject, String id, Wrapped wrapped) {
        return database.insert(
                "INSERT INTO subject_key (log_id, tenant, subject, record, key_id, master_key, wrapped, created)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                logId,
                subject.tenant(),
                subject.id(),
                subject.record(),
                id,
                wrapped.masterKey(),
                wrapped.bytes(),
                now());
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /**
     * Destroys a person's key for good, also one that was never made. Repeating it changes nothing.
     *
     * @param position of the event that erased the person
     */
    void destroy(Subject subject, long position) {
        database.change(
                "INSERT INTO subject_key (log_id, tenant, subject, record, key_id, created, erased)"
                        + " VALUES (?, ?, ?, ?, '', ?, ?)"
                        + " ON DUPLICATE KEY UPDATE master_key = NULL, wrapped = NULL, erased = COALESCE(erased, ?)",
                logId,
                subject.tenant(),
                subject.id(),
                subject.record(),
                now(),
                position,
                position);
    }

    /**
     * Keys that are there although the log says that the person was erased. It looks at erasures
     * alone, of which there are few, by the indexes of both tables.
     */
    List<Erasure> pending(int limit) {
        return database.select(
                row -> new Erasure(new Subject(row.getString(1), row.getString(2)), row.getLong(3)),
                "SELECT STRAIGHT_JOIN k.tenant, k.subject, e.position FROM event e"
                        + " JOIN subject_key k ON k.log_id = e.log_id AND k.record = e.subject"
                        + " WHERE e.log_id = ? AND e.subject >= ? AND e.subject < ?"
                        + " AND e.sequence = 0 AND "
                        + PeopleInLog.IS_ERASURE
                        + " AND k.wrapped IS NOT NULL LIMIT ?",
                logId,
                FIRST_ERASURE,
                BEHIND_ERASURES,
                limit);
    }

    /** One key for each master key that wraps any. */
    List<StoredKey> samples() {
        return database
                .select(
                        row -> row.getString(1),
                        "SELECT DISTINCT master_key FROM subject_key WHERE log_id = ? AND master_key IS NOT NULL",
                        logId)
                .stream()
                .flatMap(master -> wrappedBy(master).stream())
                .toList();
    }

    private List<StoredKey> wrappedBy(String masterKey) {
        return database.select(
                SubjectKeys::stored,
                "SELECT "
                        + COLUMNS
                        + " FROM subject_key k WHERE k.log_id = ? AND k.master_key = ? LIMIT 1",
                logId,
                masterKey);
    }

    /** Keys that another master key wraps than this one, from a person on, in a fixed order. */
    List<StoredKey> notWrappedBy(String masterKey, Subject after, int limit) {
        return database.select(
                SubjectKeys::stored,
                "SELECT "
                        + COLUMNS
                        + " FROM subject_key k WHERE k.log_id = ? AND k.master_key <> ?"
                        + " AND (k.tenant, k.subject) > (?, ?) ORDER BY k.tenant, k.subject LIMIT ?",
                logId,
                masterKey,
                after.tenant(),
                after.id(),
                limit);
    }

    /** Replaces how a key is wrapped, unless it was destroyed or replaced meanwhile. */
    void replace(StoredKey key, Wrapped old, Wrapped wrapped) {
        database.change(
                "UPDATE subject_key SET master_key = ?, wrapped = ?"
                        + " WHERE log_id = ? AND tenant = ? AND subject = ? AND wrapped = ?",
                wrapped.masterKey(),
                wrapped.bytes(),
                logId,
                key.subject().tenant(),
                key.subject().id(),
                old.bytes());
    }

    @Override
    public void close() {
        database.close();
    }
}
