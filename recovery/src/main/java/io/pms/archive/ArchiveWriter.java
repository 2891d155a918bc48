package io.pms.archive;

import io.pms.archive.Uploads.Conflict;
import io.pms.archive.Uploads.Upload;
import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import io.pms.objects.ObjectStore;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.EntryBundle;
import io.pms.tlog.Hash;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TileAppender;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grows an archive: entry bundles, then hash tiles, then the checkpoint that needs them. Each
 * object is written under a condition and read back, so that a second writer cannot make another
 * history of it, and a published checkpoint has all it needs. Not thread-safe.
 *
 * <p>After an exception it cannot be used any more: {@link #resume} again. What was written without
 * a checkpoint is found; it counts where it has what the log has, and else is replaced. What a
 * checkpoint covers is never replaced.
 */
final class ArchiveWriter implements AutoCloseable {
    /** Bundles are written before they take more memory. */
    private static final int MAX_PENDING_BYTES = 8 << 20;

    private static final int READ = 1_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(ArchiveWriter.class);

    private final LogKeys keys;
    private final NewestCheckpoint newest;
    private final Uploads uploads;
    private final TileAppender tree;
    private final List<byte[]> bundle = new ArrayList<>();
    private final List<Upload> bundles = new ArrayList<>();
    private final List<Upload> tiles = new ArrayList<>();
    private final Partials partials;
    private boolean signedByAll = true;
    private long published;
    private int pendingBytes;

    private ArchiveWriter(
            ObjectStore store, LogKeys keys, NewestCheckpoint newest, Archive archive) {
        this.keys = keys;
        this.newest = newest;
        this.uploads = new Uploads(store);
        SignedNote note = newest.note();
        if (note == null) tree = new TileAppender(this::tile);
        else {
            Checkpoint last = keys.trust().open(note);
            signedByAll = keys.areThoseOf(note);
            published = last.size();
            tree = TileAppender.resume(last.size(), last.root(), archive, this::tile);
            if (TilePath.partialWidth(0, published) > 0)
                bundle.addAll(lastBundle(archive, published));
        }
        partials = Partials.found(archive, published);
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
        NewestCheckpoint newest = NewestCheckpoint.read(store, keys);
        long shown = newest.size();
        if (shown < known)
            throw new StaleStoreException(
                    "the store shows a checkpoint of %,d events, and one of %,d was published: it gives old answers; if the archive was put back or away on purpose, start this process again"
                            .formatted(shown, known));
        return new ArchiveWriter(store, keys, newest, archive);
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
        replace(uploads.write(bundles));
        bundles.clear();
        replace(uploads.write(tiles));
        tiles.clear();
        pendingBytes = 0;
    }

    /**
     * What no checkpoint covers may be left from events that were lost: the database came back
     * without them. The claim keeps others from publishing what is replaced here.
     */
    private void replace(List<Conflict> conflicts) {
        if (conflicts.isEmpty()) return;
        List<TilePath> places = conflicts.stream().map(each -> each.upload().path()).toList();
        newest.claim(places);
        uploads.replace(conflicts);
        LOGGER.warn(
                "replaced {} objects of the archive, {} first: they were beyond its checkpoint and have events that the log has not",
                places.size(),
                places.getFirst());
    }

    /**
     * Publishes what was appended.
     *
     * @return the checkpoint, which is stored
     * @throws ForkException when a checkpoint covers another history
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
        newest.publish(keys.sign(checkpoint));
        published = size();
        signedByAll = true;
        uploads.remove(partials.published(published));
        uploads.removeNow(partials.passed(published));
        return checkpoint;
    }

    @Override
    public void close() {
        uploads.close();
    }
}
