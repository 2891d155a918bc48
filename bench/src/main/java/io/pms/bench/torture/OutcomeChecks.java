package io.pms.bench.torture;

import io.pms.bench.torture.Outcome.Acknowledged;
import io.pms.bench.torture.Outcome.Open;
import io.pms.bench.torture.Outcome.Reason;
import io.pms.bench.torture.Outcome.Refused;
import io.pms.bench.torture.Outcome.Unknown;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what writers were told is so. */
final class OutcomeChecks {
    private final History history;
    private final Violations violations;
    private final Contents contents;

    private OutcomeChecks(History history, Violations violations) {
        this.history = history;
        this.violations = violations;
        this.contents = Contents.of(history);
    }

    static void check(History history, Violations violations) {
        OutcomeChecks checks = new OutcomeChecks(history, violations);
        for (Attempt attempt : history.attempts()) checks.attempt(attempt);
        checks.keys();
        for (Answer answer : history.answers()) checks.answer(answer);
    }

    private void attempt(Attempt attempt) {
        switch (attempt.outcome()) {
            case Acknowledged acknowledged -> acknowledged(attempt, acknowledged);
            case Refused refused -> refused(attempt, refused);
            case Unknown unknown -> {}
            case Open open -> {}
        }
    }

    private void acknowledged(Attempt attempt, Acknowledged told) {
        Acknowledged found = contents.find(attempt.id());
        if (found == null)
            violations.add(
                    Invariant.ACKNOWLEDGED_IS_STORED,
                    "%s was acknowledged at position %d and is not in the log",
                    attempt,
                    told.firstPosition());
        else if (!found.equals(told) || told.events() != attempt.events())
            violations.add(
                    Invariant.ACKNOWLEDGED_IS_STORED,
                    "%s with %d events was acknowledged as %s and is stored as %s",
                    attempt,
                    attempt.events(),
                    told,
                    found);
    }

    private void refused(Attempt attempt, Refused told) {
        Acknowledged found = contents.find(attempt.id());
        if (found != null)
            violations.add(
                    Invariant.REFUSED_IS_NOT_STORED,
                    "%s was refused as %s and is stored as %s",
                    attempt,
                    told.reason(),
                    found);
        if (told.reason() == Reason.DUPLICATE
                && attempt.key() != null
                && contents.answer(attempt.key()) == null)
            violations.add(
                    Invariant.FIRST_ANSWER,
                    "%s was refused as accepted before, but it was not",
                    attempt);
    }

    private void keys() {
        Map<Key, String> acknowledged = new HashMap<>();
        Set<Key> decided = new HashSet<>();
        for (Attempt attempt : history.attempts()) {
            if (attempt.key() == null) continue;
            if (attempt.outcome().decides()) decided.add(attempt.key());
            if (attempt.outcome() instanceof Acknowledged) {
                String before = acknowledged.put(attempt.key(), attempt.id());
                if (before != null)
                    violations.add(
                            Invariant.NO_DUPLICATES,
                            "%s was acknowledged twice, to attempts %s and %s",
                            attempt.key(),
                            before,
                            attempt.id());
            }
        }
        if (history.over()) undecided(history.attempts(), decided);
    }

    private void undecided(List<Attempt> attempts, Set<Key> decided) {
        for (Attempt attempt : attempts)
            if (attempt.key() != null
                    && attempt.outcome().isUnknown()
                    && !decided.contains(attempt.key()))
                violations.add(Invariant.UNKNOWN_IS_RESOLVED, "%s is still unknown", attempt);
    }

    private void answer(Answer answer) {
        Answer first = contents.answer(answer.key());
        if (!answer.equals(first))
            violations.add(
                    Invariant.FIRST_ANSWER,
                    "who repeated %s was told %s; stored is %s",
                    answer.key(),
                    answer,
                    first == null ? "nothing" : first);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
