package io.pms.archive.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pms.archive.Archive;
import io.pms.http.Problem;
import io.pms.tlog.TilePath;
import io.pms.tlog.TileSource;
import java.time.Duration;
import java.util.Optional;

/**
 * What of an archive is behind its checkpoint, read for many. What no checkpoint covers yet is not
 * there: an archiver may still write something else in its place. Thread-safe.
 */
final class PublishedLog implements TileSource {
    /** However many ask, the store is asked for the checkpoint so often. */
    private static final Duration CHECKPOINT_AGE = Duration.ofMillis(500);

    /** Two thousand tiles: every tile above level 0 of a log of a hundred million entries. */
    private static final long MAX_TILE_BYTES = 16 << 20;

    private static final String NEWEST = "newest";

    private final Archive archive;
    private final Cache<String, Optional<Published>> checkpoint =
            Caffeine.newBuilder().expireAfterWrite(CHECKPOINT_AGE).maximumSize(1).build();
    private final Cache<TilePath, byte[]> tiles =
            Caffeine.newBuilder()
                    .maximumWeight(MAX_TILE_BYTES)
                    .<TilePath, byte[]>weigher((path, bytes) -> bytes.length)
                    .build();

    PublishedLog(Archive archive) {
        this.archive = archive;
    }

    /**
     * The checkpoint, half a second old at most.
     *
     * @throws Problem 404 before the first
     */
    Published newest() {
        return checkpoint
                .get(NEWEST, key -> archive.checkpoint().map(Published::of))
                .orElseThrow(PublishedLog::none);
    }

    private static Problem none() {
        return new Problem(
                        404,
                        "no-checkpoint",
                        "There is no checkpoint",
                        "nothing is archived yet; the first checkpoint comes with the first event")
                .retryAfter(1);
    }

    /** One that has this many entries if there is one: others may have seen a newer one. */
    Published newestWith(long entries) {
        Published known = newest();
        if (known.size() >= entries) return known;
        checkpoint.invalidate(NEWEST);
        return newest();
    }

    /** A tile or bundle; empty when it is not there or not behind a checkpoint. */
    @Override
    public Optional<byte[]> read(TilePath path) {
        boolean kept = !path.isPartial() && !path.isEntries();
        byte[] known = kept ? tiles.getIfPresent(path) : null;
        if (known != null) return Optional.of(known);
        if (!isPublished(path)) return Optional.empty();
        Optional<byte[]> found = archive.read(path);
        if (kept) found.ifPresent(bytes -> tiles.put(path, bytes));
        return found;
    }

    private boolean isPublished(TilePath path) {
        if (path.isWithin(newest().size())) return true;
        checkpoint.invalidate(NEWEST);
        return path.isWithin(newest().size());
    }
}
