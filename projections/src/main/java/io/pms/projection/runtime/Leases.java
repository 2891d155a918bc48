package io.pms.projection.runtime;

import io.pms.projection.Projection;
import io.pms.projection.runtime.AppliedPositions.Place;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.IntPredicate;

/**
 * Which partitions of a version of a projection this process feeds: a fair share of them. Those of
 * a process that has died are free some seconds later. For one thread.
 */
final class Leases {
    /** Renewed several times before it ends; so long nobody feeds what a dead process had. */
    private static final Duration HOLDS = Duration.ofSeconds(3);

    private final RedisLink link;
    private final Projection projection;
    private final String me;
    private final Set<Integer> held = new ConcurrentSkipListSet<>();

    Leases(RedisLink link, Projection projection, String me) {
        this.link = link;
        this.projection = projection;
        this.me = me;
    }

    Set<Integer> held() {
        return held;
    }

    /**
     * Keeps what it has, gives back what is more than its share or not wanted any more, and takes
     * what is free.
     */
    void balance(IntPredicate wanted) {
        int workers = workers(HOLDS.toMillis());
        int share = (Partition.COUNT + workers - 1) / workers;
        held.removeIf(number -> !lease(number, "keep"));
        for (int number : new TreeSet<>(held).descendingSet())
            if (held.size() > share || !wanted.test(number)) give(number);
        for (int number = 0; number < Partition.COUNT && held.size() < share; number++)
            if (!held.contains(number) && wanted.test(number) && lease(number, "take"))
                held.add(number);
    }

    private int workers(long millis) {
        String key = "workers:" + projection.name() + ":" + projection.version();
        return link.<Long>run(Script.WORKERS, List.of(key), List.of(me, String.valueOf(millis)))
                .intValue();
    }

    private boolean lease(int number, String what) {
        Place place = new Place(new Partition(projection.name(), number), projection.version());
        return link.<Long>run(
                        Script.LEASE,
                        List.of(place.partition().leaseKey(place.version())),
                        List.of(me, what, String.valueOf(HOLDS.toMillis())))
                == 1;
    }

    private void give(int number) {
        held.remove(number);
        lease(number, "give");
    }

    /** Gives everything back. */
    void close() {
        for (int number : new TreeSet<>(held)) give(number);
        workers(0);
    }
}
