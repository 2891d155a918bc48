package io.pms.archive;

import io.pms.entry.EntryCodec;
import io.pms.entry.MalformedEntryException;
import io.pms.log.LogVerifier;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.FormatException;
import io.pms.tlog.Hash;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.TilePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes an archive from its entries: each is canonical and in its place, recorded time never
 * goes back, their hashes make every tile, and all of them the root of the checkpoint that a known
 * key has signed. Reads only, several bundles at once, in memory that does not grow with the
 * archive. What an archiver adds meanwhile does not disturb it.
 */
public final class ArchiveVerifier {
    /**
     * A GET takes some 30 ms from S3, and a bundle and its tile take two: so many at once keep two
     * cores half busy. A bundle has 16.8 MB at most.
     */
    private static final int AT_ONCE = 24;

    private final Archive archive;
    private final TrustedArchive.Signed signed;
    private final LogVerifier.Progress progress;
    private final List<ArchiveDamage> damages = new ArrayList<>();
    private final RecomputedTree tree;
    private long lastTime = Long.MIN_VALUE;

    private ArchiveVerifier(
            Archive archive, TrustedArchive.Signed signed, LogVerifier.Progress progress) {
        this.archive = archive;
        this.signed = signed;
        this.progress = progress;
        this.tree = new RecomputedTree(archive, signed.checkpoint().size());
    }

    /**
     * @param damages what is wrong, in the order of positions; empty when all is well
     * @param ahead objects beyond the checkpoint, which nobody vouches for yet
     */
    public record Result(Checkpoint checkpoint, int logId, List<String> damages, long ahead) {
        public Result {
            damages = List.copyOf(damages);
        }

        public boolean ok() {
            return damages.isEmpty();
        }
    }

    /**
     * Verifies all that the newest checkpoint covers.
     *
     * @param keys of the log, one of which must have signed
     * @throws io.pms.tlog.UntrustedNoteException when none has
     * @throws FormatException when the checkpoint cannot be read
     * @throws IllegalStateException when there is none
     * @throws io.pms.objects.ObjectStoreException when the store fails
     */
    public static Result verify(
            Archive archive, List<NoteVerifier> keys, LogVerifier.Progress progress) {
        TrustedArchive.Signed signed = TrustedArchive.signed(archive, keys);
        return new ArchiveVerifier(archive, signed, progress).verify();
    }

    private Result verify() {
        Checkpoint checkpoint = signed.checkpoint();
        int logId = logId(archive, checkpoint.size());
        recompute(logId);
        Leftovers leftovers = Leftovers.look(archive, checkpoint.size());
        damages.addAll(new Blame(trusted(), tree, damages).damages(checkpoint.root()));
        damages.addAll(leftovers.damages());
        return new Result(checkpoint, logId, DamageList.texts(damages), leftovers.ahead());
    }

    /** Which log the entries are of, as the first one says; 0 when it cannot be read. */
    public static int logId(Archive archive, long size) {
        if (size == 0) return 0;
        try {
            return EntryCodec.decode(archive.entries(0, size).getFirst()).logId();
        } catch (MissingTileException | FormatException | MalformedEntryException e) {
            return 0; // said where it is met
        }
    }

    /** Null when the tiles at the right edge are not what was signed. */
    private @Nullable TrustedArchive trusted() {
        try {
            return TrustedArchive.of(archive, signed);
        } catch (DamagedArchiveException e) {
            return null;
        }
    }

    private void recompute(int logId) {
        long size = signed.checkpoint().size();
        long bundles = (size + TilePath.FULL_WIDTH - 1) / TilePath.FULL_WIDTH;
        Deque<CompletableFuture<Stretch>> underWay = new ArrayDeque<>();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(
                        AT_ONCE, Thread.ofPlatform().daemon().name("verify-", 0).factory())) {
            for (long from = 0; from < bundles; from += Stretch.BUNDLES) {
                long first = from;
                long last = Math.min(from + Stretch.BUNDLES, bundles);
                if (underWay.size() == 2 * AT_ONCE) take(underWay.remove(), size);
                underWay.add(
                        CompletableFuture.supplyAsync(
                                () -> Stretch.read(archive, logId, size, first, last), workers));
            }
            while (!underWay.isEmpty()) take(underWay.remove(), size);
        } finally {
            underWay.forEach(each -> each.cancel(false));
        }
    }

    private void take(CompletableFuture<Stretch> done, long size) {
        Stretch stretch = await(done);
        long first = tree.size();
        if (stretch.firstTime() < lastTime)
            damages.add(new ArchiveDamage(first, first, Stretch.backwards(stretch.firstTime())));
        if (stretch.firstTime() != Long.MAX_VALUE) lastTime = stretch.lastTime();
        stretch.damages().stream()
                .limit(DamageList.MAX_NAMED + 1L - Math.min(damages.size(), DamageList.MAX_NAMED))
                .forEach(damages::add);
        stretch.bundles().forEach(tree::append);
        progress.show(tree.size(), size);
    }

    private static Stretch await(CompletableFuture<Stretch> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    /** A hash for what cannot be computed. */
    static Hash unknown() {
        return Hash.of(new byte[Hash.BYTES]);
    }
}
