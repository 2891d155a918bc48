package io.pms.archive;

import io.pms.objects.ObjectStore;
import io.pms.objects.StoredObject;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.FormatException;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TilePath;
import io.pms.tlog.TileSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        return store.get(TilePath.CHECKPOINT).map(found -> SignedNote.decode(found.bytes()));
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
     * @throws FormatException when it does not have its width
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
        return keys("tile/", after);
    }

    private List<String> keys(String prefix, @Nullable String after) {
        return store.list(prefix, after, ObjectStore.MAX_LIST);
    }

    /**
     * Partial tiles, or bundles, of a level, from an index on. Names are in the order of their
     * indexes up to 999,999, and from one of them it finds none behind that.
     */
    List<TilePath> partials(int level, long from) {
        List<TilePath> partials = new ArrayList<>();
        TilePath first = new TilePath(level, from, TilePath.FULL_WIDTH);
        String prefix = "tile/" + (first.isEntries() ? "entries" : level) + "/";
        String after = first.toString(); // partial ones come behind the full one
        List<String> keys;
        do {
            keys = keys(prefix, after);
            keys.stream().flatMap(Archive::path).filter(TilePath::isPartial).forEach(partials::add);
            if (!keys.isEmpty()) after = keys.getLast();
        } while (keys.size() == ObjectStore.MAX_LIST);
        return partials;
    }

    private static Stream<TilePath> path(String key) {
        try {
            return Stream.of(TilePath.parse(key));
        } catch (FormatException e) {
            return Stream.of(); // it is not ours
        }
    }

    /** Up to 256 entries at the end of a tree of that size. */
    List<byte[]> lastEntries(long treeSize) {
        return treeSize == 0 ? List.of() : entries((treeSize - 1) / TilePath.FULL_WIDTH, treeSize);
    }

    /** The keys that the archive names itself: proof of nothing but that they belong together. */
    public List<NoteVerifier> ownKeys() {
        return store.get(KEYS)
                .map(found -> new String(found.bytes(), StandardCharsets.UTF_8))
                .map(text -> text.lines().map(NoteVerifier::parse).toList())
                .orElse(List.of());
    }
}
