package io.pms.imports.history;

import io.pms.event.Workflow;
import io.pms.event.Workflow.Transition;
import io.pms.imports.Attributes;
import io.pms.imports.BadFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The workflow that a log shows, learnt trace by trace. */
final class ObservedWorkflow {
    /** What a project takes. */
    private static final int MAX_STATES = 200;

    private static final int MAX_TRANSITIONS = 5_000;

    /** What an entry takes, with room for the project's name and the entry's other attributes. */
    private static final long MAX_BYTES = 60_000;

    private final Map<String, Counts> states = new LinkedHashMap<>();
    private final Set<Transition> transitions = new LinkedHashSet<>();

    private static final class Counts {
        long starts;
        long ends;
        long movesOn;
    }

    /**
     * A task starts with its first status; the first event confirms it, which is a transition from
     * it to itself.
     */
    void learn(TaskEvents task) {
        String before = null;
        for (TaskEvents.Change change : task.changes()) {
            String status = change.status();
            Counts counts = states.computeIfAbsent(status, state -> new Counts());
            if (before == null) counts.starts++;
            else if (!before.equals(status)) of(before).movesOn++;
            transitions.add(new Transition(before == null ? status : before, status));
            requireBounded(change.line());
            before = status;
        }
        if (before != null) of(before).ends++;
    }

    private Counts of(String state) {
        Counts counts = states.get(state);
        if (counts == null) throw new IllegalStateException("unknown state " + state);
        return counts;
    }

    private void requireBounded(int line) {
        if (states.size() > MAX_STATES || transitions.size() > MAX_TRANSITIONS)
            throw BadFile.at(
                    line,
                    "the activity classifier gives more than "
                            + MAX_STATES
                            + " statuses or "
                            + MAX_TRANSITIONS
                            + " transitions, which is no workflow; declare a coarser \"Activity classifier\"");
    }

    /**
     * States and transitions in the order of their first appearance; initial are the statuses that
     * traces start with, the most frequent first; final those in which more traces end than leave
     * them for another. A log without events has the default workflow.
     */
    Workflow workflow() {
        if (states.isEmpty()) return Workflow.DEFAULT;
        List<String> initial = new ArrayList<>();
        List<String> finals = new ArrayList<>();
        states.forEach((state, counts) -> {
            if (counts.starts > 0) initial.add(state);
            if (counts.ends > counts.movesOn) finals.add(state);
        });
        initial.sort(Comparator.comparingLong((String state) -> of(state).starts).reversed());
        requireFits(initial, finals);
        return new Workflow(
                List.copyOf(states.keySet()), List.copyOf(transitions), initial, finals);
    }

    private void requireFits(List<String> initial, List<String> finals) {
        long bytes = 0;
        for (List<String> names : List.of(List.copyOf(states.keySet()), initial, finals))
            for (String name : names) bytes += Attributes.bytes(name) + 3;
        for (Transition move : transitions)
            bytes += Attributes.bytes(move.from()) + Attributes.bytes(move.to()) + 21;
        if (bytes > MAX_BYTES)
            throw BadFile.because(
                    "the log shows a workflow of "
                            + states.size()
                            + " statuses and "
                            + transitions.size()
                            + " transitions, too large for an event; declare a coarser \"Activity classifier\"");
    }
}
