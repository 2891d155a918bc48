package io.pms.archive;

import io.pms.log.MerkleFrontier;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.FormatException;
import io.pms.tlog.Hash;
import io.pms.tlog.HashTile;
import io.pms.tlog.LogTrust;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TileHashSource;
import io.pms.tlog.TilePath;
import io.pms.tlog.TileSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An archive as far as a checkpoint that a known key has signed vouches for it. Each tile is
 * compared with its parent's hash, up to the signed root, before it is used, and each entry with
 * its leaf. Thread-safe.
 */
public final class TrustedArchive implements TileSource {
    /** Tiles that are parents; one of level 1 stands for 65,536 entries. */
    private static final int MAX_PARENTS = 64;

    private final Archive archive;
    private final SignedNote note;
    private final Checkpoint checkpoint;
    private final EdgeTiles edge;
    private final Map<TilePath, HashTile> parents =
            new LinkedHashMap<>(MAX_PARENTS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TilePath, HashTile> eldest) {
                    return size() > MAX_PARENTS;
                }
            };

    private TrustedArchive(
            Archive archive, SignedNote note, Checkpoint checkpoint, EdgeTiles edge) {
        this.archive = archive;
        this.note = note;
        this.checkpoint = checkpoint;
        this.edge = edge;
    }

    /**
     * The newest checkpoint, when one of the keys has signed it.
     *
     * @param keys of one log; the name of each is its origin
     * @throws IllegalStateException when there is no checkpoint
     * @throws io.pms.tlog.UntrustedNoteException when no known key has signed it
     * @throws FormatException when it is none
     */
    static Signed signed(Archive archive, List<NoteVerifier> keys) {
        SignedNote note =
                archive.checkpoint()
                        .orElseThrow(() ->
                                new IllegalStateException("there is no checkpoint in the archive"));
        return new Signed(note, trust(keys).open(note));
    }

    record Signed(SignedNote note, Checkpoint checkpoint) {}

    /** Whom to believe about the log of these keys. */
    public static LogTrust trust(List<NoteVerifier> keys) {
        if (keys.isEmpty()) throw new IllegalStateException("there is no key: say one with --key");
        return new LogTrust(keys.getFirst().name(), keys, List.of(), 0);
    }

    /**
     * Opens what the newest checkpoint vouches for.
     *
     * @throws DamagedArchiveException when the tiles at the right edge do not lead to its root
     */
    public static TrustedArchive open(Archive archive, List<NoteVerifier> keys) {
        return of(archive, signed(archive, keys));
    }

    static TrustedArchive of(Archive archive, Signed signed) {
        Checkpoint checkpoint = signed.checkpoint();
        EdgeTiles edge = EdgeTiles.read(archive, checkpoint.size(), checkpoint.root());
        return new TrustedArchive(archive, signed.note(), checkpoint, edge);
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The checkpoint with its signatures. */
    public SignedNote note() {
        return note;
    }

    public long size() {
        return checkpoint.size();
    }

    /** The bytes of a tile of hashes that is right. */
    @Override
    public Optional<byte[]> read(TilePath path) {
        return Optional.of(tile(path.level(), path.index()).encode());
    }

    /** A tile as it is in the tree that is signed. */
    HashTile tile(int level, long index) {
        TilePath path = TilePath.inTree(level, index, size());
        if (path.isPartial()) return edge.tile(level);
        if (level == 0) return verified(path);
        synchronized (parents) {
            HashTile known = parents.get(path);
            if (known != null) return known;
        }
        HashTile tile = verified(path);
        synchronized (parents) {
            parents.put(path, tile);
        }
        return tile;
    }

    private HashTile verified(TilePath path) {
        HashTile tile;
        try {
            tile = archive.hashes(path);
        } catch (MissingTileException e) {
            throw incomplete(path, e);
        } catch (FormatException e) {
            throw damaged(path, String.valueOf(e.getMessage()));
        }
        if (!tile.root().equals(parentHash(path.level(), path.index())))
            throw damaged(path, path + " is not the tile that was signed");
        return tile;
    }

    /** What the signed tree says about a full tile. */
    Hash parentHash(int level, long index) {
        return tile(level + 1, index / TilePath.FULL_WIDTH)
                .hash((int) (index % TilePath.FULL_WIDTH));
    }

    private static DamagedArchiveException damaged(TilePath path, String problem) {
        return new DamagedArchiveException(first(path), problem);
    }

    private DamagedArchiveException incomplete(TilePath path, MissingTileException missing) {
        return DamagedArchiveException.incomplete(
                first(path), String.valueOf(missing.getMessage()), size());
    }

    /** The first position that a tile or bundle is about. */
    static long first(TilePath path) {
        return path.index() << 8 * (Math.max(path.level(), 0) + 1);
    }

    /**
     * The entries of a bundle, each of which has its leaf in the signed tree.
     *
     * @throws DamagedArchiveException when the bundle or a tile is not what was signed
     */
    public List<byte[]> entries(long bundle) {
        TilePath path = TilePath.inTree(TilePath.ENTRIES, bundle, size());
        List<byte[]> entries;
        try {
            entries = archive.entries(bundle, size());
        } catch (MissingTileException e) {
            throw incomplete(path, e);
        } catch (FormatException e) {
            throw damaged(path, String.valueOf(e.getMessage()));
        }
        var different = new EntryBundle(entries).leaves().firstDifference(tile(0, bundle));
        if (different.isPresent())
            throw new DamagedArchiveException(
                    first(path) + different.getAsInt(),
                    path + ": an entry is not the one that was signed");
        return entries;
    }

    /** The hashes of some leaves. */
    public List<byte[]> leaves(long from, long to) {
        List<byte[]> leaves = new ArrayList<>();
        for (long at = from; at < to; ) {
            HashTile tile = tile(0, at / TilePath.FULL_WIDTH);
            for (int i = (int) (at % TilePath.FULL_WIDTH); i < tile.width() && at < to; i++, at++)
                leaves.add(tile.hash(i).toBytes());
        }
        return leaves;
    }

    /** Hashes of its tree, for one thread. */
    public TileHashSource hashes() {
        return new TileHashSource(size(), this);
    }

    /** The tree of its first entries. */
    public MerkleFrontier tree(long entries) {
        TileHashSource hashes = hashes();
        byte[] frontier = new byte[Long.bitCount(entries) * Hash.BYTES];
        long first = 0;
        for (int i = 0; first < entries; i++) {
            long leaves = Long.highestOneBit(entries - first);
            int height = Long.numberOfTrailingZeros(leaves);
            byte[] hash = hashes.hash(height, first >>> height).toBytes();
            System.arraycopy(hash, 0, frontier, i * Hash.BYTES, Hash.BYTES);
            first += leaves;
        }
        return new MerkleFrontier(entries, frontier);
    }
}
