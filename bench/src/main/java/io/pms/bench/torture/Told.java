package io.pms.bench.torture;

import io.pms.bench.torture.Outcome.Acknowledged;
import io.pms.bench.torture.Outcome.Reason;
import io.pms.bench.torture.Outcome.Refused;
import io.pms.bench.torture.Outcome.Unknown;
import org.jspecify.annotations.Nullable;

/**
 * What a writer tells the checker, a line each: what it tries, before, and what it is told, after.
 */
sealed interface Told {
    /** An attempt begins. */
    record Tried(Attempt attempt) implements Told {}

    /** It was told this. */
    record Ended(String attempt, Outcome outcome) implements Told {}

    record Answered(Answer answer) implements Told {}

    record Looked(SeenHead head) implements Told {}

    /** The log was closed under its clients, and opened again. */
    record Reopened() implements Told {}

    /** Something that must not happen. */
    record Strange(Violation violation) implements Told {}

    default String line() {
        return switch (this) {
            case Tried(Attempt a) ->
                    "try " + a.id() + ' ' + (a.key() == null ? "-" : a.key()) + ' ' + a.events();
            case Ended(String attempt, Acknowledged at) ->
                    "ok "
                            + attempt
                            + ' '
                            + at.firstPosition()
                            + ' '
                            + at.events()
                            + ' '
                            + at.recordedTimeMicros();
            case Ended(String attempt, Refused refused) -> "no " + attempt + ' ' + refused.reason();
            case Ended(String attempt, Unknown unknown) -> "unknown " + attempt;
            case Ended(String attempt, Outcome.Open open) -> "unknown " + attempt;
            case Answered(Answer a) ->
                    "answer "
                            + a.key()
                            + ' '
                            + a.aggregateId()
                            + ' '
                            + a.sequence()
                            + ' '
                            + a.position()
                            + ' '
                            + a.bodyHash();
            case Looked(SeenHead h) ->
                    "head "
                            + h.by()
                            + ' '
                            + h.size()
                            + ' '
                            + h.epoch()
                            + ' '
                            + h.recordedTimeMicros()
                            + ' '
                            + h.root();
            case Reopened reopened -> "reopened";
            case Strange(Violation v) ->
                    "strange " + v.invariant().name() + ' ' + v.message().replace('\n', ' ');
        };
    }

    /** Null for a line that is none of these: then it is for people. */
    static @Nullable Told parse(String line) {
        String[] words = line.split(" ");
        return switch (words[0]) {
            case "try" ->
                    new Tried(
                            new Attempt(
                                    words[1], key(words[2]), number(words[3]), new Outcome.Open()));
            case "ok" ->
                    new Ended(
                            words[1],
                            new Acknowledged(
                                    Long.parseLong(words[2]),
                                    number(words[3]),
                                    Long.parseLong(words[4])));
            case "no" -> new Ended(words[1], new Refused(Reason.valueOf(words[2])));
            case "unknown" -> new Ended(words[1], new Unknown());
            case "answer" ->
                    new Answered(
                            new Answer(
                                    Key.parse(words[1]),
                                    words[2],
                                    Long.parseLong(words[3]),
                                    Long.parseLong(words[4]),
                                    words[5]));
            case "head" ->
                    new Looked(
                            new SeenHead(
                                    words[1],
                                    Long.parseLong(words[2]),
                                    Long.parseLong(words[3]),
                                    Long.parseLong(words[4]),
                                    words[5]));
            case "reopened" -> new Reopened();
            case "strange" ->
                    new Strange(
                            new Violation(
                                    Invariant.valueOf(words[1]),
                                    line.substring("strange ".length() + words[1].length() + 1)));
            default -> null;
        };
    }

    private static @Nullable Key key(String word) {
        return word.equals("-") ? null : Key.parse(word);
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
