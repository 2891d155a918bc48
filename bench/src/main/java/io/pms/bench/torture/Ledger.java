package io.pms.bench.torture;

import io.pms.bench.torture.Outcome.Acknowledged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Everything that writers have told. An attempt that is not told to have ended is unknown. */
final class Ledger {
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<SeenHead> heads = new ArrayList<>();
    private final Set<Key> keys = new HashSet<>();
    private final Set<Key> decided = new HashSet<>();
    private final Set<String> atWork = new HashSet<>();
    private final Consumer<Violation> report;
    private long lastAcknowledgedNanos = System.nanoTime();
    private int repeated;
    private int reopened;

    Ledger(Consumer<Violation> report) {
        this.report = report;
    }

    synchronized void take(Told told) {
        switch (told) {
            case Told.Tried(Attempt attempt) -> {
                attempts.put(attempt.id(), attempt);
                if (attempt.key() != null && !keys.add(attempt.key())) repeated++;
            }
            case Told.Ended(String id, Outcome outcome) -> end(id, outcome);
            case Told.Answered(Answer answer) -> answers.add(answer);
            case Told.Looked(SeenHead head) -> heads.add(head);
            case Told.Reopened() -> reopened++;
            case Told.Strange(Violation violation) -> report.accept(violation);
        }
    }

    private void end(String id, Outcome outcome) {
        Attempt attempt = attempts.get(id);
        if (attempt == null)
            throw new IllegalStateException("attempt " + id + " ended, but never began");
        attempts.put(id, attempt.ended(outcome));
        if (outcome instanceof Acknowledged) {
            lastAcknowledgedNanos = System.nanoTime();
            atWork.add(id.substring(0, id.indexOf('.')));
        }
        if (attempt.key() != null && outcome.decides()) decided.add(attempt.key());
    }

    /** Keys of a writer that are to be repeated by its next incarnation. */
    synchronized Set<Key> undecided(int writer) {
        Set<Key> undecided = new LinkedHashSet<>();
        for (Attempt attempt : attempts.values())
            if (attempt.key() != null
                    && attempt.outcome().isUnknown()
                    && attempt.id().startsWith(writer + ".")
                    && !decided.contains(attempt.key())) undecided.add(attempt.key());
        return undecided;
    }

    synchronized List<Attempt> attempts() {
        return List.copyOf(attempts.values());
    }

    synchronized List<Answer> answers() {
        return List.copyOf(answers);
    }

    synchronized List<SeenHead> heads() {
        return List.copyOf(heads);
    }

    synchronized long nanosSinceAcknowledged() {
        return System.nanoTime() - lastAcknowledgedNanos;
    }

    /** How many writers have been acknowledged something. */
    synchronized int writersAtWork() {
        return atWork.size();
    }

    synchronized int repeated() {
        return repeated;
    }

    synchronized int reopened() {
        return reopened;
    }
}
