package io.pms.query.project;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pms.http.Caller;
import io.pms.projection.Projection;
import io.pms.query.Reads;
import io.pms.query.Shown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When projects spend what. There are as many periods as a project has tasks, but most queries find
 * the plan that the one before has found: it is read again when it has another name than the one
 * that is kept. Thread-safe.
 */
final class Plans {
    /** Of all plans that are kept: some tens of megabytes. */
    private static final long MAX_PERIODS = 100_000;

    private static final String SUMS = "n";
    private static final String COSTS = "v";

    private final Reads reads;
    private final Projection projection;
    private final Cache<Key, Plan> kept =
            Caffeine.newBuilder()
                    .maximumWeight(MAX_PERIODS)
                    .weigher((Key key, Plan plan) -> 1 + plan.value().periods())
                    .build();

    private record Key(String tenant, String projectId) {}

    /**
     * @param name changes with the plan; null when nothing was ever planned, or in builds of the
     *     first version
     */
    private record Plan(@Nullable String name, PlannedValue value) {}

    Plans(Reads reads, Projection projection) {
        this.reads = reads;
        this.projection = projection;
    }

    /** The plan of a project that was read, or a later one. */
    PlannedValue of(Caller caller, Shown project) {
        String id = String.valueOf(project.fields().get("id"));
        String name = name(project.related().getFirst());
        if (name == null) return read(caller, id).value();
        Key key = new Key(caller.tenant(), id);
        Plan plan = kept.getIfPresent(key);
        if (plan == null || !name.equals(plan.name())) {
            plan = read(caller, id);
            kept.put(key, plan);
        }
        return plan.value();
    }

    private Plan read(Caller caller, String id) {
        List<Map<String, String>> hashes = reads.related(projection, caller, id, SUMS + COSTS);
        return new Plan(
                name(hashes.get(0)), new PlannedValue(hashes.get(1), ProjectView.AMOUNT_DECIMALS));
    }

    private static @Nullable String name(Map<String, String> sums) {
        return sums.get("plan");
    }
}
