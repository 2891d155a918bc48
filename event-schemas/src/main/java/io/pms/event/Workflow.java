package io.pms.event;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The states a task can be in and how it may move between them.
 *
 * @param states unique names, in display order
 * @param transitions allowed moves; a state may lead to itself, but only where that is listed
 * @param initial the states that a task may start in, at least one; the first is the default
 * @param finals the states in which a task counts as done
 */
public record Workflow(
        List<String> states,
        List<Transition> transitions,
        List<String> initial,
        List<String> finals) {

    /** A move that is allowed. */
    public record Transition(String from, String to) {
        public Transition {
            Members.require("a transition", "from", from);
            Members.require("a transition", "to", to);
        }
    }

    /** For projects that do not define their own: {@code To do → In progress → Done}, and back. */
    public static final Workflow DEFAULT =
            new Workflow(
                    List.of("To do", "In progress", "Done"),
                    List.of(
                            new Transition("To do", "In progress"),
                            new Transition("In progress", "To do"),
                            new Transition("In progress", "Done"),
                            new Transition("To do", "Done"),
                            new Transition("Done", "In progress")),
                    List.of("To do"),
                    List.of("Done"));

    /**
     * @throws IllegalArgumentException naming the state that is blank, listed twice or unknown
     */
    public Workflow {
        states = Lists.copy(states);
        transitions = Lists.copy(transitions);
        initial = Lists.copy(initial);
        finals = Lists.copy(finals);
        if (states.isEmpty())
            throw new IllegalArgumentException("a workflow needs at least one state");
        if (initial.isEmpty())
            throw new IllegalArgumentException("a workflow needs at least one initial state");
        requireUnique("states", states);
        requireUnique("initial", initial);
        requireUnique("finals", finals);
        requireUnique("transitions", transitions);
        for (String state : states)
            if (state.isBlank()) throw new IllegalArgumentException("a state's name is blank");
        for (String state : initial) requireKnown("initial", state, states);
        for (String state : finals) requireKnown("finals", state, states);
        for (Transition transition : transitions) {
            requireKnown("transitions", transition.from(), states);
            requireKnown("transitions", transition.to(), states);
        }
    }

    public boolean allows(String from, String to) {
        return transitions.contains(new Transition(from, to));
    }

    public boolean isFinal(String state) {
        return finals.contains(state);
    }

    /** Where a task may go from a state, for error messages and user interfaces. */
    public List<String> next(String from) {
        return transitions.stream()
                .filter(transition -> transition.from().equals(from))
                .map(Transition::to)
                .collect(Collectors.toUnmodifiableList());
    }

    private static void requireUnique(String member, List<?> values) {
        if (values.stream().distinct().count() != values.size())
            throw new IllegalArgumentException(member + " lists something twice: " + values);
    }

    private static void requireKnown(String member, String state, List<String> states) {
        if (!states.contains(state))
            throw new IllegalArgumentException(member + " names an unknown state: " + state);
    }
}
