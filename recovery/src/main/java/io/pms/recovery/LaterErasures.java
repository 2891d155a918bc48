package io.pms.recovery;

import io.pms.archive.DamagedArchiveException;
import io.pms.archive.TrustedArchive;
import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.NewEvent;
import io.pms.tlog.TilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.LongStream;

/**
 * Who was erased after the point that a log is restored to, as far as its archive knows. Without
 * that they would be back: the log that is restored does not say it, and their keys may come from a
 * backup.
 */
final class LaterErasures {
    /** Of any revision. */
    private static final String TYPE = "pms.person.PersonErased.v";

    /** While one waits for the archive others are decoded. */
    private static final int AT_ONCE = 8;

    private final TrustedArchive archive;
    private final boolean despiteDamage;
    private final Restore.Progress progress;

    /**
     * @param despiteDamage whether what is damaged is passed over
     */
    LaterErasures(TrustedArchive archive, boolean despiteDamage, Restore.Progress progress) {
        this.archive = archive;
        this.despiteDamage = despiteDamage;
        this.progress = progress;
    }

    /**
     * @param erasures to be said again by the log that is restored, in their order
     * @param damage what could not be looked through
     */
    record Found(List<NewEvent> erasures, List<String> damage) {}

    /**
     * Looks through everything from a position on.
     *
     * @throws DamagedArchiveException when the archive is not what was signed
     */
    Found from(long position) {
        List<NewEvent> erasures = new ArrayList<>();
        List<String> damage = new ArrayList<>();
        long first = position / TilePath.FULL_WIDTH;
        long end = Math.ceilDiv(archive.size(), TilePath.FULL_WIDTH);
        LongStream.range(first, end)
                .boxed()
                .gather(Gatherers.mapConcurrent(AT_ONCE, bundle -> in(bundle, position)))
                .forEach(found -> {
                    erasures.addAll(found.erasures());
                    damage.addAll(found.damage());
                });
        return new Found(erasures, damage);
    }

    private Found in(long bundle, long position) {
        long passed = Math.max(0, bundle * TilePath.FULL_WIDTH - position);
        progress.show("looking for erasures", passed, archive.size() - position);
        try {
            List<NewEvent> erasures =
                    archive.entries(bundle).stream()
                            .map(EntryCodec::decode)
                            .filter(entry -> entry.position() >= position)
                            .filter(entry -> entry.type().startsWith(TYPE))
                            .map(LaterErasures::again)
                            .toList();
            return new Found(erasures, List.of());
        } catch (DamagedArchiveException e) {
            if (!despiteDamage) throw e;
            return new Found(List.of(), List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Of no command: those of the parent are not the fork's. Its cause is what it repeats. */
    private static NewEvent again(Entry entry) {
        return new NewEvent(
                null,
                entry.type(),
                entry.subject(),
                entry.sequence(),
                entry.timeMicros(),
                entry.tenant(),
                entry.actor(),
                entry.correlationId(),
                entry.id(),
                entry.traceparent(),
                entry.metadata(),
                entry.dataContentType(),
                entry.data());
    }
}
