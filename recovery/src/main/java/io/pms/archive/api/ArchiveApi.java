package io.pms.archive.api;

import io.pms.archive.ArchiveProperties;
import io.pms.archive.ArchiveStatus;
import io.pms.archive.witness.WitnessStatus;
import io.pms.archive.witness.Witnesses;
import jakarta.servlet.http.HttpServletRequest;
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

    private final ArchiveProperties properties;
    private final ServeProperties serving;
    private final ArchiveStatus status;
    private final Witnesses witnesses;
    private final OwnKeys keys;

    ArchiveApi(
            ArchiveProperties properties,
            ServeProperties serving,
            ArchiveStatus status,
            Witnesses witnesses,
            OwnKeys keys) {
        this.properties = properties;
        this.serving = serving;
        this.status = status;
        this.witnesses = witnesses;
        this.keys = keys;
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
            List<WitnessStatus> witnesses) {}

    @GetMapping("/api/archive")
    public ResponseEntity<ArchiveReport> report(HttpServletRequest http) {
        Numbers.of(http);
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
                                witnesses.status()));
    }
}
