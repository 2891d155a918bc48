package io.pms.projection.runtime;

import io.lettuce.core.RedisException;
import io.pms.projection.Projection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions of a version of a projection this process feeds: a fair share of them. Those of
 * a process that has died are free some seconds later. For one thread, and one more that renews.
 */
final class Leases {
    private static final Logger LOGGER = LoggerFactory.getLogger(Leases.class);

    /** Renewed several times before it ends; so long nobody feeds what a dead process had. */
    private static final Duration HOLDS = Duration.ofSeconds(3);

    private final RedisLink link;
    private final Projection projection;
    private final String me;
    private final Set<Integer> held = new ConcurrentSkipListSet<>();
    private final Set<Integer> renewing = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Throwable> refused = new ConcurrentHashMap<>();
    private int workers = 1;

    Leases(RedisLink link, Projection projection, String me) {
        this.link = link;
        this.projection = projection;
        this.me = me;
    }

    Set<Integer> held() {
        return held;
    }

    /** Why a partition cannot be taken or kept; null when none is refused. */
    @Nullable Throwable refusal() {
        return refused.values().stream().findAny().orElse(null);
    }

    /** Keeps what it has; who has lost one finds it gone. Waits for no answer. */
    void renew() {
        for (int number : held) if (renewing.add(number)) renew(number);
    }

    private void renew(int number) {
        try {
            link.<Long>start(Script.LEASE, call(number, "keep"))
                    .whenComplete((own, failure) -> renewed(number, own, failure));
        } catch (RuntimeException | Error e) {
            renewed(number, null, e);
            throw e;
        }
    }

    private void renewed(int number, @Nullable Long own, @Nullable Throwable failure) {
        if (failure != null) refused.put(number, failure); // it may be its own all the same
        else refused.remove(number);
        if (own != null && own != 1) held.remove(number);
        renewing.remove(number);
    }

    /**
     * Gives back what is more than its share or not wanted any more, and takes what is free.
     *
     * @param answering partitions whose part of Redis answers; the others stay as they are
     */
    void balance(List<Looked> answering, Predicate<Looked> wanted) {
        countWorkers(answering.stream().anyMatch(wanted));
        refused.keySet().retainAll(held);
        int share = (Partition.COUNT + workers - 1) / workers;
        List<Integer> surplus = new ArrayList<>();
        for (Looked each : answering.reversed()) {
            int number = each.partition().number();
            boolean tooMany = held.size() - surplus.size() > share;
            if (held.contains(number) && (tooMany || !wanted.test(each))) surplus.add(number);
        }
        give(surplus);
        List<Integer> free =
                answering.stream()
                        .filter(each -> each.worker(projection.version()) == null)
                        .filter(wanted)
                        .map(each -> each.partition().number())
                        .filter(number -> !held.contains(number))
                        .limit(Math.max(0, share - held.size()))
                        .toList();
        held.addAll(lease(free, "take"));
    }

    /**
     * Where they are counted may be away while partitions are not.
     *
     * @param working false for one that wants nothing, which is not to take a share from others
     */
    private void countWorkers(boolean working) {
        try {
            workers = Math.max(1, workers(working ? HOLDS.toMillis() : 0));
        } catch (RedisException e) {
            LOGGER.debug("as many as there were", e);
        }
    }

    private int workers(long millis) {
        String key = "workers:" + projection.name() + ":" + projection.version();
        return link.<Long>run(Script.WORKERS, List.of(key), List.of(me, String.valueOf(millis)))
                .intValue();
    }

    /** Those of these that are its own now. */
    private List<Integer> lease(List<Integer> numbers, String what) {
        List<RedisLink.Call> calls = new ArrayList<>();
        for (int number : numbers) calls.add(call(number, what));
        List<@Nullable Long> answers =
                link.runAll(
                        Script.LEASE,
                        calls,
                        (place, failure) -> refused.put(numbers.get(place), failure));
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++)
            if (Long.valueOf(1).equals(answers.get(i))) own.add(numbers.get(i));
        return own;
    }

    private RedisLink.Call call(int number, String what) {
        Partition partition = new Partition(projection.name(), number);
        return new RedisLink.Call(
                List.of(partition.leaseKey(projection.version())),
                List.of(me, what, String.valueOf(HOLDS.toMillis())));
    }

    private void give(List<Integer> numbers) {
        held.removeAll(numbers);
        lease(numbers, "give");
    }

    /** Gives everything back. */
    void close() {
        give(List.copyOf(held));
        countWorkers(false);
    }
}
