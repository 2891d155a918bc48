package io.pms.standalone;

import io.pms.log.policy.Policies;
import io.pms.log.policy.PolicyStatus;
import io.pms.projection.runtime.ProjectionStatus;
import io.pms.projection.runtime.Projections;
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
    private static final List<String> DECISIVE =
            List.of(HealthChecks.DATABASE, HealthChecks.STORAGE, HealthChecks.ARCHIVE);

    private final HealthChecks checks;
    private final Projections projections;
    private final @Nullable Relay relay;
    private final ObjectProvider<Policies> policies;

    HealthApi(
            HealthChecks checks,
            Projections projections,
            ObjectProvider<Relay> relay,
            ObjectProvider<Policies> policies) {
        this.checks = checks;
        this.projections = projections;
        this.relay = relay.getIfAvailable();
        this.policies = policies;
    }

    /**
     * @param status {@code healthy}; {@code degraded} when commands are accepted but some queries
     *     are not answered, a policy does not act, or nothing is published to Kafka or archived;
     *     {@code unhealthy} when nothing can be stored, or the log contradicts its archive
     * @param checks a status each
     * @param details why a check is not healthy
     * @param projections how far each is
     * @param policies how each is; none where they do not run
     * @param relay how far publishing to Kafka is; null where it is not asked for
     */
    record Health(
            Status status,
            Instant timestamp,
            String version,
            Map<String, Status> checks,
            Map<String, String> details,
            List<ProjectionHealth> projections,
            List<PolicyStatus> policies,
            @Nullable RelayStatus relay) {}

    /**
     * In short; {@code /api/projections} has more.
     *
     * @param position the last position that all of it shows, -1 before the first
     * @param size how many events the log has
     * @param complete whether it answers every organisation's queries
     * @param lagSeconds age of the oldest event that is not shown everywhere yet
     * @param parkedAggregates aggregates whose events could not be taken and are left out
     * @param failure why it does not go on just now
     */
    record ProjectionHealth(
            String name,
            int version,
            long position,
            long size,
            boolean complete,
            double lagSeconds,
            int parkedAggregates,
            @Nullable String failure) {
        static ProjectionHealth of(ProjectionStatus status) {
            return new ProjectionHealth(
                    status.name(),
                    status.version(),
                    status.position(),
                    status.size(),
                    status.complete(),
                    status.lagSeconds(),
                    status.parkedAggregates(),
                    status.failure());
        }
    }

    @GetMapping("/api/health")
    ResponseEntity<Health> health() {
        Map<String, Status> statuses = new LinkedHashMap<>();
        Map<String, String> details = new LinkedHashMap<>();
        checks.run()
                .forEach((name, result) -> {
                    statuses.put(name, result.status());
                    if (result.detail() != null) details.put(name, result.detail());
                });
        List<ProjectionStatus> all = projections.status();
        RelayStatus publishing = relay == null ? null : relay.status();
        List<PolicyStatus> acting = acting();
        boolean goesOn =
                all.stream().allMatch(HealthApi::isWell)
                        && acting.stream().allMatch(policy -> policy.failure() == null)
                        && (publishing == null || publishing.failure() == null);
        Status overall = overall(statuses, goesOn);
        return ResponseEntity.status(overall == Status.UNHEALTHY ? 503 : 200)
                .header("Cache-Control", "no-store")
                .body(
                        new Health(
                                overall,
                                Instant.now(),
                                Version.current(),
                                statuses,
                                details,
                                all.stream().map(ProjectionHealth::of).toList(),
                                acting,
                                publishing));
    }

    private List<PolicyStatus> acting() {
        Policies running = policies.getIfAvailable();
        return running == null ? List.of() : running.status();
    }

    /**
     * Without the database or room for it nothing can be stored, and beside an archive that says
     * otherwise nothing should be; without Redis it can.
     */
    private static Status overall(Map<String, Status> statuses, boolean goesOn) {
        if (DECISIVE.stream().anyMatch(name -> statuses.get(name) == Status.UNHEALTHY))
            return Status.UNHEALTHY;
        boolean all = statuses.values().stream().allMatch(Status.HEALTHY::equals);
        return all && goesOn ? Status.HEALTHY : Status.DEGRADED;
    }

    private static boolean isWell(ProjectionStatus projection) {
        return projection.complete()
                && projection.parkedAggregates() == 0
                && projection.failure() == null;
    }
}
