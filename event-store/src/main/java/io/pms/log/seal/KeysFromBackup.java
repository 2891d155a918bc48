package io.pms.log.seal;

import io.pms.log.DatabaseUrl;
import io.pms.log.seal.KeyWrapping.Wrapped;
import io.pms.log.seal.SubjectKeys.StoredKey;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Takes keys of a backup into the table of a log, and tells what became of them. A key that is
 * there stays what it is; whoever was erased, as the log, the table or the backup says, stays so.
 * For one thread.
 */
public final class KeysFromBackup implements AutoCloseable {
    private final SubjectKeys keys;
    private long added;
    private long there;
    private long erased;
    private long others;

    private KeysFromBackup(SubjectKeys keys) {
        this.keys = keys;
    }

    /**
     * @throws io.pms.log.LogUnavailableException when the database cannot be reached; so does
     *     everything else
     */
    public static KeysFromBackup open(DatabaseUrl url, int logId) {
        return new KeysFromBackup(SubjectKeys.open(url, logId));
    }

    /**
     * @param wrapped the key as the backup has it, by the master key of that name
     */
    public void add(
            String tenant, String personId, String keyId, String masterKey, byte[] wrapped) {
        Subject subject = new Subject(tenant, personId);
        OptionalLong erasedAt = keys.log().erasedAt(subject);
        if (erasedAt.isPresent()) addDestroyed(tenant, personId, erasedAt.getAsLong());
        else if (!keys.add(subject, keyId, new Wrapped(masterKey, wrapped)))
            compare(subject, keyId);
        else if (!subject.equals(Subject.NOBODY)) added++;
    }

    private void compare(Subject subject, String keyId) {
        StoredKey here = Objects.requireNonNull(keys.find(subject));
        if (here.wrapped() == null) erased++;
        else if (subject.equals(Subject.NOBODY)) return;
        else if (here.id().equals(keyId)) there++;
        else others++;
    }

    /** Somebody who was erased when the backup was made, at this position. */
    public void addDestroyed(String tenant, String personId, long position) {
        keys.destroy(new Subject(tenant, personId), position);
        erased++;
    }

    public long added() {
        return added;
    }

    public long there() {
        return there;
    }

    public long erased() {
        return erased;
    }

    /** Of people who have another key here. */
    public long others() {
        return others;
    }

    @Override
    public void close() {
        keys.close();
    }
}
