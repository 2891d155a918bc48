package io.pms.bench.torture;

import io.pms.bench.torture.Outcome.Acknowledged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether what readers have seen, one after the other, is what is stored. */
final class ReaderChecks {
    private ReaderChecks() {}

    static void check(History history, Violations violations) {
        Map<String, List<Stored>> streams = new HashMap<>();
        for (Stored event : history.log())
            if (event.subject() != null)
                streams.computeIfAbsent(event.subject(), key -> new ArrayList<>()).add(event);
        for (Seen seen : history.seen())
            prefix(
                    seen,
                    seen.stream() == null
                            ? history.log()
                            : streams.getOrDefault(seen.stream(), List.of()),
                    violations);
        clients(history.attempts(), violations);
    }

    private static void prefix(Seen seen, List<Stored> stored, Violations violations) {
        String stream = seen.stream() == null ? "" : " in stream " + seen.stream();
        for (int i = 0; i < seen.prints().length; i++) {
            if (i >= stored.size()) {
                violations.add(
                        Invariant.COMMIT_ORDERED,
                        "%s has seen %d%s, which is not stored",
                        seen.reader(),
                        i,
                        stream);
                return;
            }
            if (stored.get(i).print() != seen.prints()[i]) {
                violations.add(
                        Invariant.COMMIT_ORDERED,
                        "%s has seen something else at %d%s than attempt %s",
                        seen.reader(),
                        i,
                        stream,
                        stored.get(i).origin().attempt());
                return;
            }
        }
    }

    /** A client that has its answer finds its next unit behind it. */
    private static void clients(List<Attempt> attempts, Violations violations) {
        Map<String, Long> next = new HashMap<>();
        for (Attempt attempt : attempts)
            if (attempt.outcome() instanceof Acknowledged at) {
                String client = attempt.id().substring(0, attempt.id().lastIndexOf('.'));
                long expected = next.getOrDefault(client, 0L);
                if (at.firstPosition() < expected)
                    violations.add(
                            Invariant.COMMIT_ORDERED,
                            "attempt %s is at position %d, but the client's one before it ends at %d",
                            attempt.id(),
                            at.firstPosition(),
                            expected - 1);
                next.put(client, at.firstPosition() + at.events());
            }
    }
}
