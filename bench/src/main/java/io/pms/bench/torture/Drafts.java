package io.pms.bench.torture;

import io.pms.bench.torture.Outcome.Acknowledged;
import io.pms.bench.torture.Workload.Wish;
import io.pms.log.EventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import io.pms.log.Unit.CommandStamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes units of wishes: an event takes the sequence after the last one that is known to be stored,
 * so that streams stay dense whatever else happens.
 */
final class Drafts {
    private static final String TYPE = "pms.torture.Drawn.v1";

    private final Map<String, Long> next = new HashMap<>();

    /**
     * @throws io.pms.log.LogUnavailableException when a sequence is not known and cannot be read
     */
    Unit unit(EventLog log, String attempt, Wish wish, Workload workload) {
        Map<String, Long> sequences = new HashMap<>();
        List<NewEvent> events = new ArrayList<>();
        for (String subject : wish.subjects()) {
            long sequence = subject == null ? 0 : take(log, subject, sequences);
            Origin origin = new Origin(attempt, events.size(), wish.subjects().size());
            events.add(event(wish.key(), origin, subject, sequence, workload));
        }
        Key key = wish.key();
        if (key == null || key.kind() == Key.Kind.EVENTS) return new Unit(events, null);
        String aggregate = Workload.SHARED.getFirst();
        long last = workload.upTo(1_000) - 1;
        return new Unit(
                events, new CommandStamp(key.id(), Attempt.bodyHash(attempt), aggregate, last));
    }

    private long take(EventLog log, String subject, Map<String, Long> sequences) {
        long sequence =
                sequences.computeIfAbsent(
                        subject,
                        key ->
                                next.computeIfAbsent(
                                        key, k -> log.lastSequence(k).map(s -> s + 1).orElse(0L)));
        sequences.put(subject, sequence + 1);
        return sequence;
    }

    private static NewEvent event(
            @Nullable Key key,
            Origin origin,
            @Nullable String subject,
            long sequence,
            Workload workload) {
        return new NewEvent(
                key != null && key.kind() == Key.Kind.EVENTS ? key.eventId(origin.index()) : null,
                TYPE,
                subject,
                sequence,
                System.currentTimeMillis() * 1_000,
                "torture",
                workload.oneIn(2) ? "ann" : null,
                null,
                null,
                null,
                workload.oneIn(3) ? "{\"reason\":\"" + workload.fill() + "\"}" : null,
                null,
                origin.data(workload.fill()));
    }

    /** What was acknowledged is known; after anything else it is looked up again. */
    void learn(Unit unit, Outcome outcome) {
        for (NewEvent event : unit.events()) {
            if (event.subject() == null) continue;
            if (outcome instanceof Acknowledged) next.put(event.subject(), event.sequence() + 1);
            else next.remove(event.subject());
        }
    }
}
