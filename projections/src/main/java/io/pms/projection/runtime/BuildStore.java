package io.pms.projection.runtime;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What partitions and their builds keep in Redis. Thread-safe. */
final class BuildStore {
    private static final int KEYS_A_SCAN = 1_000;

    private final RedisLink link;
    private final String channel;

    /**
     * @param channel where builds that serve tell their positions
     */
    BuildStore(RedisLink link, String channel) {
        this.link = link;
        this.channel = channel;
    }

    /**
     * A build as it stands in Redis.
     *
     * @param generation as text, empty when there is none
     * @param position as text, empty when there is none
     * @param parked the aggregates whose events are left out, as {@link Partition#parkedField}
     */
    record State(String generation, String position, Set<String> parked) {
        boolean exists() {
            return !generation.isEmpty();
        }
    }

    /** The builds of one version of a partition. */
    record Loaded(State serving, State building) {}

    @SuppressWarnings("unchecked")
    Loaded load(Partition partition, int version) {
        List<Object> answer =
                link.run(
                        Script.LOAD,
                        partition.keys(),
                        List.of(partition.tag(), String.valueOf(version)));
        return new Loaded(state(answer.subList(0, 3)), state(answer.subList(3, 6)));
    }

    @SuppressWarnings("unchecked")
    private static State state(List<Object> answer) {
        return new State(
                (String) answer.get(0),
                (String) answer.get(1),
                Set.copyOf((List<String>) answer.get(2)));
    }

    /**
     * Begins to build from the log's beginning.
     *
     * @param seen what there was; another one means that somebody else has begun
     * @param keepServing false when what serves is worthless
     * @return the generation; 0 when another one was there than was seen, and nothing has begun
     */
    long begin(
            Partition partition,
            int version,
            Loaded seen,
            boolean keepServing,
            StoredPosition start) {
        return link.<Long>run(
                Script.BEGIN,
                partition.keys(),
                List.of(
                        partition.tag(),
                        String.valueOf(version),
                        seen.serving().generation(),
                        seen.building().generation(),
                        keepServing ? "1" : "0",
                        start.text()));
    }

    /** What became of a step. */
    enum Applied {
        /** Another position is stored, or the step before is missing: nothing was written. */
        REFUSED,
        WRITTEN,
        /** And from here on the build serves. */
        TAKEN_OVER,
        /** Written but for aggregates that could not be; they are parked now. */
        PARKED
    }

    /**
     * Sends a batch: all of its steps or those before one that is refused.
     *
     * @param from what must be stored
     * @param to what is stored behind the last step
     * @param onStep called after each step, before the next one
     */
    List<CompletionStage<Applied>> send(
            Build build,
            StoredPosition from,
            StoredPosition to,
            List<List<String>> steps,
            Consumer<CompletionStage<Applied>> onStep) {
        String batch = UUID.randomUUID().toString();
        List<CompletionStage<Applied>> answers = new ArrayList<>();
        for (int number = 1; number <= steps.size(); number++) {
            Step step = new Step(batch, number, number == steps.size());
            answers.add(send(build, from, to, step, steps.get(number - 1)));
            onStep.accept(answers.getLast());
        }
        return answers;
    }

    /**
     * A part of a batch.
     *
     * @param batch a name that no other batch has
     * @param number from 1
     */
    record Step(String batch, int number, boolean last) {}

    /** Sends a step of a batch. */
    CompletionStage<Applied> send(
            Build build,
            StoredPosition from,
            StoredPosition to,
            Step step,
            List<String> operations) {
        Partition partition = build.partition();
        List<String> arguments = new ArrayList<>(operations.size() + 11);
        arguments.add(from.text());
        arguments.add(step.last() ? to.text() : "");
        arguments.add(String.valueOf(to.position()));
        arguments.add(partition.tag());
        arguments.add(String.valueOf(build.version()));
        arguments.add(String.valueOf(build.generation()));
        arguments.add(String.valueOf(System.currentTimeMillis()));
        arguments.add(channel);
        arguments.add(partition.projection() + " " + build.version() + " " + partition.number());
        arguments.add(step.batch());
        arguments.add(String.valueOf(step.number()));
        arguments.addAll(operations);
        return link.<Long>send(Script.APPLY, keys(build), arguments)
                .thenApply(answer -> Applied.values()[answer.intValue()]);
    }

    private static List<String> keys(Build build) {
        List<String> keys = new ArrayList<>(List.of(build.positionKey()));
        keys.addAll(build.partition().keys());
        return keys;
    }

    /** Makes sure that Redis knows what batches are sent with, where the build is. */
    void prepare(Build build) {
        link.<Long>run(
                Script.APPLY,
                keys(build),
                List.of("no position", "", "", build.partition().tag(), "", ""));
    }

    /**
     * Everything that is to be told of partitions, in their order; without those that there is no
     * answer for, because a node of a cluster is away.
     *
     * @param failed told of those
     * @throws RedisException when there is none at all
     */
    List<Looked> look(List<Partition> partitions, BiConsumer<Partition, RedisException> failed) {
        List<RedisLink.Call> calls = new ArrayList<>();
        for (Partition each : partitions)
            calls.add(new RedisLink.Call(each.keys(), List.of(each.tag())));
        List<RedisException> failures = new ArrayList<>();
        List<@Nullable List<String>> answers =
                link.runAll(
                        Script.LOOK,
                        calls,
                        (place, failure) -> {
                            failures.add(failure);
                            failed.accept(partitions.get(place), failure);
                        });
        List<Looked> looked = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            List<String> answer = answers.get(i);
            if (answer != null) looked.add(new Looked(partitions.get(i), map(answer)));
        }
        if (looked.isEmpty() && !failures.isEmpty()) throw failures.getFirst();
        return looked;
    }

    /** Everything that is to be told of a partition. */
    Looked look(Partition partition) {
        return look(List.of(partition), (each, failure) -> {}).getFirst();
    }

    private static Map<String, String> map(List<String> pairs) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) map.put(pairs.get(i), pairs.get(i + 1));
        return map;
    }

    /** Why aggregates of a build are left out, by {@link Partition#parkedField}. */
    Map<String, String> parked(Build build) {
        return new LinkedHashMap<>(RedisLink.await(link.commands().hgetall(build.parkedKey())));
    }

    /** Notes that nobody needs a build any more, unless that is noted already. */
    void retire(Build build) {
        String now = String.valueOf(System.currentTimeMillis());
        RedisLink.await(
                link.commands()
                        .hsetnx(build.partition().buildsKey(), "retired:" + build.id(), now));
    }

    /** Calls back with every key of a projection, some hundreds at a time, in any order. */
    void scan(String projection, Consumer<List<String>> keys) {
        ScanArgs its = ScanArgs.Builder.limit(KEYS_A_SCAN).match("{" + projection + ":*");
        link.scan(its, keys);
    }

    /**
     * Takes keys of a retired build away.
     *
     * @param last whether there are no more
     * @return false when it is in use after all
     */
    boolean drop(Build build, List<String> keys, boolean last) {
        Partition partition = build.partition();
        List<String> all = new ArrayList<>(keys.size() + 2);
        all.add(partition.buildsKey());
        all.add(partition.leaseKey(build.version()));
        all.addAll(keys);
        List<String> arguments =
                List.of(
                        String.valueOf(build.version()),
                        String.valueOf(build.generation()),
                        last ? "1" : "0");
        return link.<Long>run(Script.DROP, all, arguments) == 1;
    }

    /**
     * Whether a failure says that Redis has no room; then it takes nothing, and shows what it has.
     */
    static boolean isFull(Throwable failure) {
        return failure instanceof RedisException
                && String.valueOf(failure.getMessage()).contains("OOM command not allowed");
    }
}
