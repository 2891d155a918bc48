package io.pms.bench.torture;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the log says by itself, whoever wrote it. */
final class LogChecks {
    private LogChecks() {}

    static void check(History history, Violations violations) {
        positions(history.log(), violations);
        recordedTime(history.log(), violations);
        streams(history.log(), violations);
        duplicates(history, violations);
        units(history.log(), violations);
    }

    private static void positions(List<Stored> log, Violations violations) {
        long next = 0;
        for (Stored event : log) {
            if (event.position() != next)
                violations.add(
                        Invariant.GAP_FREE,
                        "position %d is missing; %d follows",
                        next,
                        event.position());
            next = event.position() + 1;
        }
    }

    private static void recordedTime(List<Stored> log, Violations violations) {
        long latest = 0;
        for (Stored event : log) {
            if (event.recordedTimeMicros() < latest)
                violations.add(
                        Invariant.RECORDED_TIME,
                        "position %d was recorded at %d, the one before it at %d",
                        event.position(),
                        event.recordedTimeMicros(),
                        latest);
            latest = event.recordedTimeMicros();
        }
    }

    private static void streams(List<Stored> log, Violations violations) {
        Map<String, Long> next = new HashMap<>();
        for (Stored event : log) {
            if (event.subject() == null) continue;
            long expected = next.getOrDefault(event.subject(), 0L);
            if (event.sequence() > expected)
                violations.add(
                        Invariant.DENSE_STREAMS,
                        "position %d is sequence %d of %s; %d is not before it",
                        event.position(),
                        event.sequence(),
                        event.subject(),
                        expected);
            next.put(event.subject(), Math.max(expected, event.sequence() + 1));
        }
    }

    private static void duplicates(History history, Violations violations) {
        Map<Object, Long> taken = new HashMap<>();
        for (Stored event : history.log()) {
            once(taken, "event id " + event.id(), event.position(), violations);
            if (event.subject() != null)
                once(
                        taken,
                        "sequence " + event.sequence() + " of " + event.subject(),
                        event.position(),
                        violations);
            if (event.command() != null && history.receipts().containsKey(event.command()))
                violations.add(
                        Invariant.NO_DUPLICATES,
                        "command %s has a receipt and an event at position %d",
                        event.command(),
                        event.position());
        }
    }

    private static void once(
            Map<Object, Long> taken, Object what, long position, Violations violations) {
        Long before = taken.putIfAbsent(what, position);
        if (before != null)
            violations.add(
                    Invariant.NO_DUPLICATES,
                    "%s is at positions %d and %d",
                    what,
                    before,
                    position);
    }

    /** A unit's events follow each other; when another begins, the one before it is whole. */
    private static void units(List<Stored> log, Violations violations) {
        Map<String, Origin> lastOf = new LinkedHashMap<>();
        Set<String> broken = new HashSet<>();
        String current = "";
        for (Stored event : log) {
            Origin origin = event.origin();
            Origin before = lastOf.put(origin.attempt(), origin);
            boolean follows =
                    before == null
                            ? origin.index() == 0
                            : origin.index() == before.index() + 1
                                    && origin.attempt().equals(current);
            current = origin.attempt();
            if (!follows && broken.add(current))
                violations.add(
                        Invariant.WHOLE_UNITS,
                        "position %d has event %d of attempt %s, which does not follow %s",
                        event.position(),
                        origin.index(),
                        current,
                        before == null ? "its first" : "event " + before.index());
        }
        for (Origin last : lastOf.values())
            if (last.index() != last.of() - 1 && broken.add(last.attempt()))
                violations.add(
                        Invariant.WHOLE_UNITS,
                        "attempt %s ends with event %d of %d",
                        last.attempt(),
                        last.index(),
                        last.of());
    }
}
