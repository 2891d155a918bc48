package io.pms.projection.runtime;

import io.lettuce.core.RedisException;
import java.util.ArrayList;
import java.util.List;

/**
 * A rebuild that has begun. It has ended when each partition serves a generation that is not less
 * than its own here.
 *
 * @param begun partitions that have begun because of this; others were at it already
 * @param generations what is being built, by the partitions' numbers
 */
public record Rebuild(int begun, List<Long> generations) {
    private static final int ATTEMPTS = 100;

    public Rebuild {
        generations = List.copyOf(generations);
    }

    private record Building(long generation, boolean begun) {}

    /** Begins to build partitions beside what serves, where nobody is at it. */
    static Rebuild begin(
            List<Partition> partitions, int version, BuildStore store, StoredPosition start) {
        int begun = 0;
        List<Long> generations = new ArrayList<>();
        for (Partition partition : partitions) {
            Building building = begin(partition, version, store, start);
            if (building.begun()) begun++;
            generations.add(building.generation());
        }
        return new Rebuild(begun, generations);
    }

    private static Building begin(
            Partition partition, int version, BuildStore store, StoredPosition start) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            BuildStore.Loaded loaded = store.load(partition, version);
            if (loaded.building().exists())
                return new Building(Long.parseLong(loaded.building().generation()), false);
            long generation = store.begin(partition, version, loaded, true, start);
            if (generation > 0) return new Building(generation, true);
            // somebody else has just begun, or taken over
        }
        throw new RedisException(
                "what is built of " + partition + " has changed " + ATTEMPTS + " times meanwhile");
    }
}
