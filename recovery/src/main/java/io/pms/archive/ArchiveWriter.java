package io.pms.archive;

import io.pms.archive.Uploads.Upload;
import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.Hash;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TileAppender;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Grows an archive: entry bundles, then hash tiles, then the checkpoint that needs them. Each
 * object is written under a condition and read back, so that a second writer cannot make another
 * history of it, and a published checkpoint has all it needs. Not thread-safe.
 *
 * <p>After an exception it cannot be used any more: {@link #resume} again. What was written without
 * a checkpoint is found and counts.
 */
final class ArchiveWriter implements AutoCloseable {
    /** Bundles are written before they take more memory. */
    private static final int MAX_PENDING_BYTES = 8 << 20;

    private static final int READ = 1_000;

    private final ObjectStore store;
    private final LogKeys keys;
    private final Uploads uploads;
    private final TileAppender tree;
    private final List<byte[]> bundle = new ArrayList<>();
    private final List<Upload> bundles = new ArrayList<>();
    private final List<Upload> tiles = new ArrayList<>();
    private final Partials partials = new Partials();
    private @Nullable String version;
    private boolean signedByAll = true;
    private long published;
    private int pendingBytes;

    private ArchiveWriter(
            ObjectStore store, LogKeys keys, @Nullable StoredObject checkpoint, Archive archive) {
        this.store = store;
        this.keys = keys;
        this.uploads = new Uploads(store);
        if (checkpoint == null) {
            tree = new TileAppender(this::tile);
            return;
        }
        version = checkpoint.version();
        SignedNote note = SignedNote.decode(checkpoint.bytes());
        Checkpoint last = keys.trust().open(note);
        signedByAll = keys.areThoseOf(note);
        published = last.size();
        tree = TileAppender.resume(last.size(), last.root(), archive, this::tile);
        if (TilePath.partialWidth(0, published) > 0) bundle.addAll(lastBundle(archive, published));
        partials.published(published);
    }

    private static List<byte[]> lastBundle(Archive archive, long size) {
        long index = size / TilePath.FULL_WIDTH;
        List<byte[]> entries = archive.entries(index, size);
        if (new EntryBundle(entries)
                .leaves()
                .firstDifference(archive.hashes(TilePath.inTree(0, index, size)))
                .isPresent())
            throw new ForkException(
                    "the archive's last bundle has not the entries that its tree has");
        return entries;
    }

    /**
     * Goes on where the archive ends.
     *
     * @throws io.pms.tlog.UntrustedNoteException when its checkpoint is not this log's
     * @throws ForkException when it is not consistent
     */
    static ArchiveWriter resume(ObjectStore store, LogKeys keys) {
        return resume(store, keys, 0);
    }

    /**
     * Goes on where the archive ends.
     *
     * @param known entries that were behind a checkpoint already
     * @throws StaleStoreException when the archive shows fewer
     */
    static ArchiveWriter resume(ObjectStore store, LogKeys keys, long known) {
        Archive archive = new Archive(store);
        StoredObject checkpoint = archive.checkpointObject().orElse(null);
        long shown = checkpoint == null ? 0 : size(checkpoint);
        if (shown < known)
            throw new StaleStoreException(
                    "the store shows a checkpoint of %,d events, and one of %,d was published: it gives old answers; if the archive was put back or away on purpose, start this process again"
                            .formatted(shown, known));
        return new ArchiveWriter(store, keys, checkpoint, archive);
    }

    private static long size(StoredObject checkpoint) {
        return Checkpoint.parse(SignedNote.decode(checkpoint.bytes()).text()).size();
    }

    /** Entries that were appended, published or not. */
    long size() {
        return tree.size();
    }

    /** Entries behind the newest checkpoint. */
    long published() {
        return published;
    }

    Hash root() {
        return tree.root();
    }

    /**
     * Whether the log's signatures under the newest checkpoint are those of all its keys and of no
     * other. Where a key was replaced they are not, until something is published.
     */
    boolean isSignedByAll() {
        return signedByAll;
    }

    /**
     * Appends some of what a log has next.
     *
     * @param to where to stop at the latest, more than it has archived
     * @throws ForkException when the log has a gap
     * @throws LogUnavailableException when it ends before
     */
    void append(EventLog log, long to) {
        List<Entry> entries = log.read(size(), (int) Math.min(READ, to - size()));
        if (entries.isEmpty())
            throw new LogUnavailableException("the log has become shorter while it was read", null);
        for (Entry entry : entries) {
            if (entry.position() != size())
                throw new ForkException("position %,d is missing in the log".formatted(size()));
            append(EntryCodec.encode(entry));
        }
    }

    /**
     * @param entry canonical; not copied
     */
    void append(byte[] entry) {
        bundle.add(entry);
        pendingBytes += entry.length;
        tree.append(Hash.leaf(entry));
        if (bundle.size() < TilePath.FULL_WIDTH) return;
        long index = tree.size() / TilePath.FULL_WIDTH - 1;
        bundles.add(bundle(new TilePath(TilePath.ENTRIES, index, TilePath.FULL_WIDTH)));
        bundle.clear();
        if (pendingBytes > MAX_PENDING_BYTES) flush();
    }

    private Upload bundle(TilePath path) {
        return new Upload(path, new EntryBundle(bundle).encode());
    }

    private void tile(TilePath path, byte[] bytes) {
        tiles.add(new Upload(path, bytes));
    }

    private void flush() {
        uploads.write(bundles);
        bundles.clear();
        uploads.write(tiles);
        tiles.clear();
        pendingBytes = 0;
    }

    /**
     * Publishes what was appended.
     *
     * @return the checkpoint, which is stored
     * @throws ForkException when the archive holds another history
     * @throws SupersededException when another writer was faster
     */
    Checkpoint publish() {
        if (!bundle.isEmpty())
            bundles.add(
                    bundle(
                            TilePath.inTree(
                                    TilePath.ENTRIES, size() / TilePath.FULL_WIDTH, size())));
        tree.putPartialTiles();
        flush();
        Checkpoint checkpoint = new Checkpoint(keys.origin(), size(), root());
        publish(keys.sign(checkpoint));
        published = size();
        signedByAll = true;
        uploads.remove(partials.published(published));
        return checkpoint;
    }

    private void publish(SignedNote note) {
        NewObject object =
                new NewObject(
                        TilePath.CHECKPOINT,
                        note.encode(),
                        "text/plain; charset=utf-8",
                        "no-cache",
                        false);
        Condition condition = version == null ? Condition.ifAbsent() : Condition.ifVersion(version);
        switch (store.put(object, condition)) {
            case PutOutcome.Stored stored -> version = stored.version();
            case PutOutcome.Refused refused ->
                    throw new SupersededException(
                            "another archiver has published a checkpoint meanwhile");
        }
    }

    @Override
    public void close() {
        uploads.close();
    }
}
