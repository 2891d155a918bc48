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
    /** Their names differ in the last three digits only (C2SP tlog-tiles). */
    private static final long INDEXES_A_GROUP = 1_000;

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
     * Partial tiles, or bundles, of a level, from an index on. It looks through the names of a
     * thousand indexes at a time, as long as there are any, and at least at those of the next.
     */
    List<TilePath> partials(int level, long from) {
        List<TilePath> partials = new ArrayList<>();
        String after = full(level, from); // partial ones come behind the full one
        addPartials(level, from, after, partials);
        long next = (from / INDEXES_A_GROUP + 1) * INDEXES_A_GROUP;
        while (addPartials(level, next, null, partials)) next += INDEXES_A_GROUP;
        return partials;
    }

    /** Of those with this index and others that are named beside it; false when there are none. */
    private boolean addPartials(
            int level, long index, @Nullable String after, List<TilePath> partials) {
        String name = full(level, index);
        String group = name.substring(0, name.lastIndexOf('/') + 1);
        boolean any = false;
        String last = after;
        while (true) {
            List<String> all = keys(group, last);
            List<String> keys =
                    all.stream().takeWhile(key -> key.charAt(group.length()) != 'x').toList();
            keys.stream().flatMap(Archive::path).filter(TilePath::isPartial).forEach(partials::add);
            any |= !keys.isEmpty();
            if (keys.size() < ObjectStore.MAX_LIST) return any;
            last = keys.getLast();
        }
    }

    private static String full(int level, long index) {
        return new TilePath(level, index, TilePath.FULL_WIDTH).toString();
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
