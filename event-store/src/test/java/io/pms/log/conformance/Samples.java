package io.pms.log.conformance;

import io.pms.log.Appended;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import io.pms.log.Unit.CommandStamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Small events and units. */
public final class Samples {
    private Samples() {}

    public static NewEvent event(String aggregateId, long sequence) {
        return event(aggregateId, sequence, "{\"n\":" + sequence + "}");
    }

    public static NewEvent event(String aggregateId, long sequence, String data) {
        return event(null, aggregateId, sequence, data);
    }

    static NewEvent event(String id, String aggregateId, long sequence, String data) {
        return new NewEvent(
                id,
                "pms.test.Tested.v1",
                aggregateId,
                sequence,
                1_000_000L * sequence,
                "acme",
                "ann",
                null,
                null,
                null,
                "{\"reason\":\"it's a \\\\test\\u0000 ü\"}",
                null,
                data.getBytes(StandardCharsets.UTF_8));
    }

    public static Unit unit(NewEvent... events) {
        return new Unit(List.of(events), null);
    }

    public static Unit command(UUID id, String aggregateId, NewEvent... events) {
        return new Unit(
                List.of(events),
                new CommandStamp(id, new byte[32], aggregateId, events.length == 0 ? 5 : -1));
    }

    public static String aggregate() {
        return UUID.randomUUID().toString();
    }

    /**
     * How often each outcome occurs: "stored", or the simple name of what an append failed with.
     */
    static Map<String, Long> outcomes(List<CompletableFuture<Appended>> answers) {
        return answers.stream()
                .map(answer -> answer.handle(Samples::outcome).join())
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }

    private static String outcome(Appended appended, Throwable failure) {
        if (failure == null) return "stored";
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause.getClass().getSimpleName();
    }
}
