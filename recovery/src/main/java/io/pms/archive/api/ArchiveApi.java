package io.pms.archive.api;

import io.pms.archive.ArchiveProperties;
import io.pms.archive.ArchiveStatus;
import io.pms.archive.witness.WitnessStatus;
import io.pms.archive.witness.Witnesses;
import io.pms.entry.EntryTime;
import io.pms.log.EventLog;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For those who operate the platform: how well the log is archived. */
@RestController
public class ArchiveApi {
    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;

    private final ArchiveProperties properties;
    private final ServeProperties serving;
    private final ArchiveStatus status;
    private final Witnesses witnesses;
    private final OwnKeys keys;
    private final EventLog log;

    ArchiveApi(
            ArchiveProperties properties,
            ServeProperties serving,
            ArchiveStatus status,
            Witnesses witnesses,
            OwnKeys keys,
            EventLog log) {
        this.properties = properties;
        this.serving = serving;
        this.status = status;
        this.witnesses = witnesses;
        this.keys = keys;
        this.log = log;
    }

    /**
     * How the archive is, as this process knows it.
     *
     * @param url where it is
     * @param serve how much of the log anybody may read: {@code none}, {@code hashes}, {@code all}
     * @param archived entries behind a published checkpoint
     * @param lagEvents entries of the log that are not
     * @param rpoSeconds age of the oldest of them: what would be lost with the database
     * @param active whether this process is the one that archives
     * @param forked whether archive and log contradict each other; the process that archives knows
     * @param problem why archiving does not go on; null when nothing is known to be wrong
     * @param keys that verify checkpoints, as the archive names them
     * @param witnesses of this process; what is said of them is current where it is active
     * @param copy how far a copy is behind the log, where it is asked for
     */
    public record ArchiveReport(
            String url,
            String serve,
            long archived,
            long lagEvents,
            double rpoSeconds,
            boolean active,
            boolean forked,
            @Nullable String problem,
            List<String> keys,
            List<WitnessStatus> witnesses,
            @Nullable CopyReport copy) {}

    /**
     * A copy of the archive elsewhere, which this process knows nothing of but its size.
     *
     * @param lagEvents entries of the log that it does not have
     * @param rpoSeconds age of the oldest of them, 0 when there is none
     */
    public record CopyReport(long lagEvents, double rpoSeconds) {}

    /** The parameter {@code copy} is how many entries a copy's checkpoint says that it has. */
    @GetMapping("/api/archive")
    public ResponseEntity<ArchiveReport> report(HttpServletRequest http) {
        Long copied = Numbers.of(http, "copy").optional("copy");
        CopyReport copy = copied == null ? null : Guard.guarded(() -> copy(copied));
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(
                        new ArchiveReport(
                                String.valueOf(properties.url()),
                                serving.serve().name().toLowerCase(Locale.ROOT),
                                status.archived(),
                                status.lagEvents(),
                                status.rpo().toMillis() / MILLIS,
                                status.isActive(),
                                status.isForked(),
                                status.problem(),
                                keys.texts(),
                                witnesses.status(),
                                copy));
    }

    private CopyReport copy(long entries) {
        long lag = log.head().size() - entries;
        if (lag <= 0) return new CopyReport(0, 0);
        long oldest = log.readAt(List.of(entries)).getFirst().recordedTimeMicros();
        long age = EntryTime.toMicros(Instant.now()) - oldest;
        return new CopyReport(lag, Math.max(0, age) / MICROS);
    }
}
