package io.pms.standalone;

import io.pms.projection.ProjectionStatus;
import io.pms.projection.Projections;
import io.pms.relay.Relay;
import io.pms.relay.RelayStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the platform is: for people, load balancers and monitoring. */
@RestController
final class HealthApi {
    private final HealthChecks checks;
    private final Projections projections;
    private final @Nullable Relay relay;

    HealthApi(HealthChecks checks, Projections projections, ObjectProvider<Relay> relay) {
        this.checks = checks;
        this.projections = projections;
        this.relay = relay.getIfAvailable();
    }

    /**
     * @param status {@code healthy}; {@code degraded} when commands are accepted but some queries
     *     are not answered or nothing is published to Kafka; {@code unhealthy} when nothing can be
     *     stored
     * @param checks a status each
     * @param details why a check is not healthy
     * @param projections how far each is
     * @param relay how far publishing to Kafka is; null where it is not asked for
     */
    record Health(
            Status status,
            Instant timestamp,
            String version,
            Map<String, Status> checks,
            Map<String, String> details,
            List<ProjectionStatus> projections,
            @Nullable RelayStatus relay) {}

    @GetMapping("/api/health")
    ResponseEntity<Health> health() {
        Map<String, Status> statuses = new LinkedHashMap<>();
        Map<String, String> details = new LinkedHashMap<>();
        checks.run()
                .forEach((name, result) -> {
                    statuses.put(name, result.status());
                    if (result.detail() != null) details.put(name, result.detail());
                });
        RelayStatus publishing = relay == null ? null : relay.status();
        Status overall = overall(statuses, publishing);
        return ResponseEntity.status(overall == Status.UNHEALTHY ? 503 : 200)
                .header("Cache-Control", "no-store")
                .body(
                        new Health(
                                overall,
                                Instant.now(),
                                Version.current(),
                                statuses,
                                details,
                                projections.status(),
                                publishing));
    }

    /** Without the database or room for it nothing can be stored; without Redis it can. */
    private Status overall(Map<String, Status> statuses, @Nullable RelayStatus publishing) {
        if (statuses.get(HealthChecks.DATABASE) == Status.UNHEALTHY
                || statuses.get(HealthChecks.STORAGE) == Status.UNHEALTHY) return Status.UNHEALTHY;
        boolean all = statuses.values().stream().allMatch(Status.HEALTHY::equals);
        return all
                        && projections.status().stream().allMatch(HealthApi::isWell)
                        && (publishing == null || publishing.failure() == null)
                ? Status.HEALTHY
                : Status.DEGRADED;
    }

    private static boolean isWell(ProjectionStatus projection) {
        return projection.complete()
                && projection.parkedAggregates() == 0
                && projection.failure() == null;
    }
}
