package io.pms.projection.runtime;

import io.pms.projection.Projection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The projections that this software knows, in one or more versions each. */
final class Versions {
    private final Map<String, List<Projection>> byName;

    /**
     * @throws IllegalArgumentException when a name is not a plain word, or a version is there twice
     */
    Versions(List<Projection> projections) {
        for (Projection each : projections) check(each, projections);
        Comparator<Projection> newestFirst =
                Comparator.comparingInt(Projection::version).reversed();
        byName =
                projections.stream()
                        .sorted(newestFirst)
                        .collect(
                                Collectors.groupingBy(
                                        Projection::name, TreeMap::new, Collectors.toList()));
    }

    private static void check(Projection projection, List<Projection> all) {
        if (!projection.name().matches("[a-z][a-z0-9-]{0,40}"))
            throw new IllegalArgumentException(
                    "a projection's name must be a word in lower case: " + projection.name());
        if (projection.version() < 1)
            throw new IllegalArgumentException(projection.name() + ": versions begin with 1");
        for (Projection other : all)
            if (other != projection
                    && other.name().equals(projection.name())
                    && other.version() == projection.version())
                throw new IllegalArgumentException(
                        projection.name() + " is there twice in version " + projection.version());
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    boolean knows(String name) {
        return byName.containsKey(name);
    }

    List<Projection> all() {
        return byName.values().stream().flatMap(List::stream).toList();
    }

    /** The newest first. */
    List<Projection> of(String name) {
        return byName.getOrDefault(name, List.of());
    }

    Projection newest(String name) {
        List<Projection> known = of(name);
        if (known.isEmpty()) throw new IllegalArgumentException("there is no projection " + name);
        return known.getFirst();
    }

    boolean isNewest(Projection projection) {
        return newest(projection.name()).version() == projection.version();
    }

    /** The build that answers queries of this software, as {@code resolve.lua} has it. */
    @Nullable Build serving(Looked looked) {
        for (Projection each : of(looked.partition().projection())) {
            Build serving = looked.serving(each.version());
            if (serving != null && looked.position(serving) != null) return serving;
        }
        return null;
    }

    List<Partition> partitions(String name) {
        List<Partition> partitions = new ArrayList<>();
        for (int number = 0; number < Partition.COUNT; number++)
            partitions.add(new Partition(name, number));
        return partitions;
    }

    List<Partition> partitions() {
        return names().stream().flatMap(name -> partitions(name).stream()).toList();
    }
}
