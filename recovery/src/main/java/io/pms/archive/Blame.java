package io.pms.archive;

import io.pms.archive.RecomputedTree.Mismatch;
import io.pms.tlog.Hash;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose fault it is where a tile is not what entries make: the tile's, when the signed tree has
 * what the entries make; the entries', when it has the tile.
 */
final class Blame {
    private final @Nullable TrustedArchive trusted;
    private final RecomputedTree tree;
    private final List<ArchiveDamage> known;
    private final List<ArchiveDamage> found = new ArrayList<>();

    /**
     * @param trusted null when the right edge is damaged
     * @param known what is known to be wrong with entries
     */
    Blame(@Nullable TrustedArchive trusted, RecomputedTree tree, List<ArchiveDamage> known) {
        this.trusted = trusted;
        this.tree = tree;
        this.known = known;
    }

    List<ArchiveDamage> damages(Hash signedRoot) {
        found.addAll(tree.missing());
        Hash root = tree.root();
        boolean entriesAreRight = root != null && root.equals(signedRoot);
        for (Mismatch mismatch : tree.mismatches())
            if (entriesAreRight) add(mismatch, changedTile(mismatch));
            else blame(mismatch);
        if (root != null && !entriesAreRight && found.isEmpty() && known.isEmpty())
            found.add(
                    new ArchiveDamage(
                            0,
                            tree.size() - 1,
                            "entries and tiles make the root %s, and the checkpoint says %s"
                                    .formatted(root, signedRoot)));
        return found;
    }

    private void blame(Mismatch mismatch) {
        TilePath path = mismatch.path();
        if (isSigned(path)) {
            if (path.level() == 0) add(mismatch, bundle(path) + ": not the entry that was signed");
            else if (!isExplained(mismatch))
                add(mismatch, "at least one entry was changed together with its hash in tile/0");
        } else if (hasParent(mismatch)) add(mismatch, changedTile(mismatch));
        else if (!isExplained(mismatch))
            add(mismatch, path + " and the entries differ, and neither is what was signed");
    }

    private static String changedTile(Mismatch mismatch) {
        return mismatch.path()
                + " was changed: its hash "
                + mismatch.different()
                + " is not what the entries make, which are what was signed";
    }

    private static String bundle(TilePath tile) {
        return new TilePath(TilePath.ENTRIES, tile.index(), tile.width()).toString();
    }

    private boolean isSigned(TilePath path) {
        if (trusted == null) return false;
        try {
            trusted.tile(path.level(), path.index());
            return true;
        } catch (DamagedArchiveException e) {
            return false;
        }
    }

    /** Whether the signed tree has above this tile what the entries make. */
    private boolean hasParent(Mismatch mismatch) {
        Hash recomputed = mismatch.recomputed();
        if (trusted == null || recomputed == null) return false;
        TilePath path = mismatch.path();
        try {
            return recomputed.equals(trusted.parentHash(path.level(), path.index()));
        } catch (DamagedArchiveException e) {
            return false;
        }
    }

    private boolean isExplained(Mismatch mismatch) {
        return found.stream().anyMatch(each -> each.isWithin(mismatch.first(), mismatch.last()))
                || known.stream()
                        .anyMatch(each -> each.isWithin(mismatch.first(), mismatch.last()));
    }

    private void add(Mismatch mismatch, String problem) {
        long last = Math.min(mismatch.last(), tree.size() - 1);
        found.add(new ArchiveDamage(mismatch.first(), last, problem));
    }
}
