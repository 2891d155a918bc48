package io.pms.projection.runtime;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A partition as it stands in Redis at one moment; what {@code look.lua} answers. */
record Looked(Partition partition, Map<String, String> fields) {
    /** The generation of a version that answers queries. */
    @Nullable Build serving(int version) {
        return build("serving", version);
    }

    /** The generation of a version that is being built. */
    @Nullable Build building(int version) {
        return build("building", version);
    }

    private @Nullable Build build(String role, int version) {
        String generation = fields.get(role + ":" + version);
        return generation == null ? null : partition.build(version, Long.parseLong(generation));
    }

    @Nullable StoredPosition position(Build build) {
        return StoredPosition.parse(fields.get("position:" + build.id()));
    }

    int parked(Build build) {
        return Integer.parseInt(fields.getOrDefault("parked:" + build.id(), "0"));
    }

    /** Who feeds a version; null for nobody. */
    @Nullable String worker(int version) {
        String worker = fields.getOrDefault("lease:" + version, "");
        return worker.isEmpty() ? null : worker;
    }

    /** Builds of versions before this one, whether they serve or are being built. */
    Set<Build> older(int version) {
        Set<Build> older = new HashSet<>();
        fields.forEach((field, generation) -> {
            if (!field.startsWith("serving:") && !field.startsWith("building:")) return;
            int its = Integer.parseInt(field.substring(field.indexOf(':') + 1));
            if (its < version) older.add(partition.build(its, Long.parseLong(generation)));
        });
        return older;
    }

    /** Builds that nobody needs any more, with the time since when in milliseconds. */
    Map<Build, Long> retired() {
        Map<Build, Long> retired = new TreeMap<>(Comparator.comparingLong(Build::generation));
        fields.forEach((field, since) -> {
            if (!field.startsWith("retired:")) return;
            String[] id = field.substring("retired:".length()).split("\\.");
            retired.put(
                    partition.build(Integer.parseInt(id[0]), Long.parseLong(id[1])),
                    Long.parseLong(since));
        });
        return retired;
    }
}
