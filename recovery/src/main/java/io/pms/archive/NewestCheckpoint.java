package io.pms.archive;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.Hash;
import io.pms.tlog.NoteSignature;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TilePath;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint that a writer goes on from. Only who has seen the one that is there can put
 * another one into its place, so checkpoints make one chain, whoever writes. Not thread-safe.
 *
 * <p>A {@link #claim} is a link of that chain too: the same checkpoint with a random line under it,
 * which readers ignore as they do every signature of an unknown key. Whoever has read an object
 * before the claim and replaces it after knows that no writer can publish a checkpoint that it
 * began before the claim, so none that counts on the object as it was.
 */
final class NewestCheckpoint {
    private static final String CLAIM = "pms/archive/claim";

    /** So that no two claims are the same, in any process. */
    private static final int CLAIM_BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ObjectStore store;
    private final LogKeys keys;
    private @Nullable SignedNote note;
    private @Nullable String version;

    private NewestCheckpoint(ObjectStore store, LogKeys keys, @Nullable StoredObject found) {
        this.store = store;
        this.keys = keys;
        if (found == null) return;
        note = SignedNote.decode(found.bytes());
        version = found.version();
    }

    static NewestCheckpoint read(ObjectStore store, LogKeys keys) {
        return new NewestCheckpoint(store, keys, store.get(TilePath.CHECKPOINT).orElse(null));
    }

    /** Null before the first. Nobody has verified it. */
    @Nullable SignedNote note() {
        return note;
    }

    /** The entries that it says it covers. */
    long size() {
        return note == null ? 0 : Checkpoint.parse(note.text()).size();
    }

    /**
     * Puts another one into its place.
     *
     * @throws SupersededException when there is another one already
     */
    void publish(SignedNote next) {
        NewObject object =
                new NewObject(
                        TilePath.CHECKPOINT,
                        next.encode(),
                        "text/plain; charset=utf-8",
                        "no-cache",
                        false);
        Condition condition = version == null ? Condition.ifAbsent() : Condition.ifVersion(version);
        switch (store.put(object, condition)) {
            case PutOutcome.Stored stored -> version = stored.version();
            case PutOutcome.Refused _ ->
                    throw new SupersededException(
                            "another archiver has published a checkpoint meanwhile");
        }
        note = next;
    }

    /**
     * Makes sure that nobody else publishes what is about to be replaced. Before the first
     * checkpoint it publishes that of the empty log.
     *
     * @throws ForkException when this checkpoint covers one of the places
     * @throws SupersededException when another writer has published meanwhile
     */
    void claim(List<TilePath> places) {
        for (TilePath place : places)
            if (place.isWithin(size()))
                throw new ForkException(
                        "the archive has other bytes at "
                                + place
                                + ", which a checkpoint covers: it is another log's, or this log is not what it was");
        SignedNote before =
                note == null
                        ? keys.signAlone(new Checkpoint(keys.origin(), 0, Hash.EMPTY_ROOT))
                        : note;
        byte[] random = new byte[CLAIM_BYTES];
        RANDOM.nextBytes(random);
        publish(before.without(CLAIM).with(List.of(NoteSignature.ofNobody(CLAIM, random))));
    }
}
