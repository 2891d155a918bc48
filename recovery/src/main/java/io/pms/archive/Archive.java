package io.pms.archive;

import io.pms.objects.ObjectStore;
import io.pms.objects.StoredObject;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TilePath;
import io.pms.tlog.TileSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in an archive. Nothing of it is trusted: whoever uses it checks it against a checkpoint
 * that a known key has signed. Thread-safe.
 */
public final class Archive implements TileSource {
    /**
     * The archive's own verifier keys, one a line, for those who have got none from elsewhere. It
     * is no part of C2SP tlog-tiles.
     */
    static final String KEYS = "vkeys";

    private final ObjectStore store;

    public Archive(ObjectStore store) {
        this.store = store;
    }

    /** The newest checkpoint; empty before the first. */
    public Optional<SignedNote> checkpoint() {
        return checkpointObject().map(found -> SignedNote.decode(found.bytes()));
    }

    Optional<StoredObject> checkpointObject() {
        return store.get(TilePath.CHECKPOINT);
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        return store.get(path.toString()).map(StoredObject::bytes);
    }

    /**
     * Consecutive entries, as many as the bundle has in a tree of that size.
     *
     * @param bundle its number: of its first entry's position divided by 256
     * @throws MissingTileException when it is not there
     * @throws io.pms.tlog.FormatException when it does not have its width
     */
    public List<byte[]> entries(long bundle, long treeSize) {
        TilePath path = TilePath.inTree(TilePath.ENTRIES, bundle, treeSize);
        Optional<byte[]> bytes = read(path);
        if (bytes.isPresent()) return EntryBundle.decode(path, bytes.get()).entries();
        if (!path.isPartial()) throw new MissingTileException(path);
        TilePath full = path.full();
        byte[] all = read(full).orElseThrow(() -> new MissingTileException(path));
        return EntryBundle.decode(full, all).entries().subList(0, path.width());
    }

    /** Keys of everything that stands beside the checkpoint as tiles and bundles do, in order. */
    List<String> keys(@Nullable String after) {
        return store.list("tile/", after, ObjectStore.MAX_LIST);
    }

    /** The keys that the archive names itself: proof of nothing but that they belong together. */
    public List<NoteVerifier> ownKeys() {
        return store.get(KEYS)
                .map(found -> new String(found.bytes(), StandardCharsets.UTF_8))
                .map(text -> text.lines().map(NoteVerifier::parse).toList())
                .orElse(List.of());
    }
}
