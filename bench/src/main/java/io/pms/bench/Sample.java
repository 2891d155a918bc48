package io.pms.bench;

import io.pms.entry.CommandIds;
import io.pms.event.Event;
import io.pms.event.TaskEvent.TaskAssigned;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An event as every subject gets it. Those that are made here have the usual size: about 300 bytes
 * of JSON data, and about 100 of metadata that say for whom, by whom, by which command and why.
 *
 * @param timeMicros when it happened, microseconds since 1970-01-01T00:00:00Z
 */
record Sample(
        String tenant,
        String aggregateId,
        long sequence,
        long timeMicros,
        UUID commandId,
        Event event) {
    static final String TENANT = "acme";
    static final String ACTOR = "p-10472";
    static final String REASON = "crew of the week";

    private static final String PROJECT = "6f1c1f7e-0b1e-4c64-9d0a-7d1f3c1a0001";
    private static final List<String> CREW =
            List.of(
                    "0b4ad1f2-6f0e-4a55-8a53-2f6c36f6a001",
                    "0b4ad1f2-6f0e-4a55-8a53-2f6c36f6a002",
                    "0b4ad1f2-6f0e-4a55-8a53-2f6c36f6a003",
                    "0b4ad1f2-6f0e-4a55-8a53-2f6c36f6a004");

    /** The next event of an aggregate, by a command of its own. */
    static Sample of(String aggregateId, long sequence) {
        return of(aggregateId, sequence, newCommand());
    }

    static Sample of(String aggregateId, long sequence, UUID commandId) {
        Event event = new TaskAssigned(aggregateId, PROJECT, CREW.subList(0, 1), CREW);
        long now = System.currentTimeMillis() * 1_000;
        return new Sample(TENANT, aggregateId, sequence, now, commandId, event);
    }

    /**
     * New aggregates with so many events each. Their events alternate, as they do when many people
     * work at the same time.
     */
    static Stream<Sample> streams(List<String> aggregateIds, int events) {
        return LongStream.range(0, events)
                .boxed()
                .flatMap(sequence -> aggregateIds.stream().map(id -> of(id, sequence)));
    }

    /** One command's events: new aggregates with so many events each. */
    static List<Sample> unit(int aggregates, int events) {
        UUID command = newCommand();
        return newAggregates(aggregates).stream()
                .flatMap(id ->
                        LongStream.range(0, events).mapToObj(sequence -> of(id, sequence, command)))
                .toList();
    }

    static List<String> newAggregates(int number) {
        return Stream.generate(Sample::newAggregate).limit(number).toList();
    }

    /** An aggregate that nobody has seen. */
    static String newAggregate() {
        return UUID.randomUUID().toString();
    }

    /** As the command API makes it of a new idempotency key. */
    static UUID newCommand() {
        return CommandIds.commandId(TENANT, UUID.randomUUID().toString());
    }
}
