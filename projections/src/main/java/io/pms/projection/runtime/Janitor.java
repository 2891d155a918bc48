package io.pms.projection.runtime;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what builds leave behind that nobody needs any more, in the background, in small
 * steps: Redis goes on answering.
 */
final class Janitor {
    private static final Logger LOGGER = LoggerFactory.getLogger(Janitor.class);

    /** Keys a step; some tenths of a millisecond. */
    private static final int KEYS_A_STEP = 500;

    private final Versions versions;
    private final BuildStore store;
    private final Duration grace;
    private final AtomicBoolean sweeping = new AtomicBoolean();

    /**
     * @param grace how long a build is kept after it was replaced
     */
    Janitor(Versions versions, BuildStore store, Duration grace) {
        this.versions = versions;
        this.store = store;
        this.grace = grace;
    }

    /** Begins to take away what is due, unless it is at it. */
    void sweep(List<Looked> looked) {
        Map<String, Set<Build>> due = new HashMap<>();
        for (Looked each : looked)
            due.computeIfAbsent(each.partition().projection(), name -> new HashSet<>())
                    .addAll(due(each));
        due.values().removeIf(Set::isEmpty);
        if (!due.isEmpty() && sweeping.compareAndSet(false, true))
            Thread.ofVirtual().name("projections-janitor").start(() -> sweep(due));
    }

    private Set<Build> due(Looked looked) {
        int newest = versions.newest(looked.partition().projection()).version();
        Build serving = looked.serving(newest);
        Map<Build, Long> retired = looked.retired();
        if (serving != null) retire(looked.older(newest), retired);
        long now = System.currentTimeMillis();
        return retired.entrySet().stream()
                .filter(each -> each.getValue() == 0 || now - each.getValue() >= grace.toMillis())
                .map(Map.Entry::getKey)
                .filter(build -> !build.equals(serving) && !isStillFed(looked, build))
                .collect(Collectors.toSet());
    }

    /** What older software has left behind, whenever that was. */
    private void retire(Set<Build> older, Map<Build, Long> retired) {
        for (Build build : older) if (!retired.containsKey(build)) store.retire(build);
    }

    /** Older software is at work that reads it. */
    private static boolean isStillFed(Looked looked, Build build) {
        boolean used =
                build.equals(looked.serving(build.version()))
                        || build.equals(looked.building(build.version()));
        return used && looked.worker(build.version()) != null;
    }

    private void sweep(Map<String, Set<Build>> due) {
        try {
            due.forEach(this::sweep);
        } catch (RedisException e) {
            LOGGER.warn("the rest goes another time", e);
        } finally {
            sweeping.set(false);
        }
    }

    private void sweep(String projection, Set<Build> builds) {
        Map<String, Build> byTag =
                builds.stream().collect(Collectors.toMap(Build::tag, build -> build));
        // First of all the positions: nobody writes to what has none.
        byTag.values().removeIf(build -> !store.drop(build, List.of(build.positionKey()), false));
        Map<Build, List<String>> found = new HashMap<>();
        store.scan(
                projection,
                keys -> {
                    for (String key : keys) {
                        Build build = byTag.get(tag(key));
                        if (build == null) continue;
                        List<String> step = found.computeIfAbsent(build, each -> new ArrayList<>());
                        step.add(key);
                        if (step.size() < KEYS_A_STEP) continue;
                        if (!store.drop(build, step, false)) byTag.values().remove(build);
                        step.clear();
                    }
                });
        for (Build build : List.copyOf(byTag.values()))
            store.drop(build, found.getOrDefault(build, List.of()), true);
    }

    /** The part of a key that names its build. */
    private static String tag(String key) {
        int afterPartition = key.indexOf("}:") + 2;
        int afterBuild = key.indexOf(':', afterPartition) + 1;
        return afterBuild == 0 ? "" : key.substring(0, afterBuild);
    }
}
