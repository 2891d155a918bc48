package io.pms.recovery;

import io.pms.archive.TrustedArchive;
import io.pms.entry.EntryCodec;
import io.pms.entry.EntryTime;
import io.pms.entry.JsonEventTypes;
import io.pms.event.LogEvent.LogForked;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogLoader;
import io.pms.log.LogVerifier;
import io.pms.log.MerkleFrontier;
import io.pms.log.NewEvent;
import io.pms.tlog.Checkpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds a log in an empty database from its archive. Every entry is verified up to the signed root
 * before it is stored, and everything is read back before the log's head is made: until then
 * nothing opens the database. Run again after a crash it goes on where it was.
 */
public final class Restore {
    /** Told how far it is. */
    public interface Progress {
        Progress NONE = (phase, done, all) -> {};

        void show(String phase, long doneEvents, long allEvents);
    }

    /**
     * @param origin of the log in the database
     * @param parent of a fork, whose origin it was; null when it is the archive's own log
     * @param kept events that are the archive's
     * @param size events that the log has; those of a fork's own come after
     * @param erasures of people who were erased after what is kept: the fork says them again
     * @param damage what of the archive could not be looked through for erasures
     */
    public record Restored(
            int logId,
            String origin,
            @Nullable String parent,
            long kept,
            long size,
            int erasures,
            List<String> damage) {
        public Restored {
            damage = List.copyOf(damage);
        }
    }

    private final TrustedArchive archive;
    private final DatabaseUrl owner;
    private final @Nullable String actor;
    private final Progress progress;

    /**
     * @param owner an account that may make tables
     * @param actor who restores, for the first event of a fork
     */
    public Restore(
            TrustedArchive archive, DatabaseUrl owner, @Nullable String actor, Progress progress) {
        this.archive = archive;
        this.owner = owner;
        this.actor = actor;
        this.progress = progress;
    }

    /** The same, refusing an archive that is damaged behind what is kept. */
    public Restored run(Target target) {
        return run(target, false);
    }

    /**
     * Restores. Everything but the latest makes a fork: a log with an origin of its own. Whoever
     * was erased after what it keeps is erased in it too, by events of its own.
     *
     * @param despiteDamage whether to go on when what comes after is damaged: who was erased there
     *     is not known then
     * @throws io.pms.archive.DamagedArchiveException when the archive is not what was signed
     * @throws IllegalArgumentException when it does not have the target
     * @throws IllegalStateException when the database has a log, or another attempt's events
     * @throws io.pms.log.LogUnavailableException when the database cannot be reached
     */
    public Restored run(Target target, boolean despiteDamage) {
        long size = new TargetSearch(archive).entries(target);
        int logId = logId(size);
        try (LogLoader loader = LogLoader.begin(owner, logId)) {
            loader.requireNothingFrom(size);
            LaterErasures.Found later =
                    new LaterErasures(archive, despiteDamage, progress).from(size);
            new ParallelLoad(archive, loader, size, progress).run();
            return finish(loader, target, logId, size, later);
        }
    }

    private Restored finish(
            LogLoader loader, Target target, int logId, long size, LaterErasures.Found later) {
        MerkleFrontier tree = archive.tree(size);
        LogVerifier.Progress reading = (done, all) -> progress.show("reading back", done, all);
        Checkpoint parent = archive.checkpoint();
        if (target instanceof Target.Latest) {
            loader.finish(parent.origin(), tree, reading);
            return new Restored(logId, parent.origin(), null, size, size, 0, List.of());
        }
        String origin = "pms/log/" + UUID.randomUUID();
        long now = EntryTime.toMicros(Instant.now());
        List<NewEvent> own = new ArrayList<>(List.of(forked(origin, now)));
        own.addAll(later.erasures());
        loader.finish(origin, tree, own, now, reading);
        return new Restored(
                logId,
                origin,
                parent.origin(),
                size,
                size + own.size(),
                later.erasures().size(),
                later.damage());
    }

    private int logId(long size) {
        return size == 0 ? 0 : EntryCodec.decode(archive.entries(0).getFirst()).logId();
    }

    private NewEvent forked(String origin, long now) {
        Checkpoint parent = archive.checkpoint();
        LogForked event =
                new LogForked(
                        origin,
                        parent.origin(),
                        parent.size(),
                        parent.root().toString(),
                        archive.note().toString());
        return new NewEvent(
                null,
                JsonEventTypes.typeOf(LogForked.class),
                origin,
                0,
                now,
                null,
                actor,
                null,
                null,
                null,
                null,
                null,
                new JsonEventTypes().write(event));
    }
}
