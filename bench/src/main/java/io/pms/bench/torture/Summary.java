package io.pms.bench.torture;

import io.pms.bench.torture.Outcome.Acknowledged;
import io.pms.bench.torture.Outcome.Open;
import io.pms.bench.torture.Outcome.Reason;
import io.pms.bench.torture.Outcome.Refused;
import io.pms.bench.torture.Outcome.Unknown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run consisted of, so that one can see that it was one: a run in which nothing was stored
 * or nothing went wrong proves nothing.
 */
record Summary(
        long events,
        long receipts,
        long attempts,
        long acknowledged,
        Map<Reason, Long> refused,
        long unknown,
        long lost,
        long repeated,
        long answers,
        Map<Fault, Integer> faults,
        Map<String, Integer> wires,
        int incarnations,
        int reopened) {

    static Summary of(History history, Ledger ledger, Faults faults, List<Writer> writers) {
        Map<Reason, Long> refused = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values())
            refused.put(reason, outcomes(history).filter(new Refused(reason)::equals).count());
        return new Summary(
                history.log().size(),
                history.receipts().size(),
                history.attempts().size(),
                outcomes(history).filter(Acknowledged.class::isInstance).count(),
                refused,
                outcomes(history).filter(Unknown.class::isInstance).count(),
                outcomes(history).filter(Open.class::isInstance).count(),
                ledger.repeated(),
                history.answers().size(),
                faults.happened(),
                wires(writers),
                writers.stream().mapToInt(Writer::incarnations).sum(),
                ledger.reopened());
    }

    private static Stream<Outcome> outcomes(History history) {
        return history.attempts().stream().map(Attempt::outcome);
    }

    private static Map<String, Integer> wires(List<Writer> writers) {
        Map<String, Integer> wires = new TreeMap<>();
        for (Writer writer : writers) {
            Proxy.Counts counts = writer.proxy().counts;
            wires.merge("connections cut", counts.cuts.get(), Integer::sum);
            wires.merge("late packets stored", counts.lateStored.get(), Integer::sum);
            wires.merge("late packets stopped", counts.lateStopped.get(), Integer::sum);
            wires.merge("late packets lost", counts.lateLost.get(), Integer::sum);
        }
        return wires;
    }

    /** What has not happened although it must for the run to prove anything. */
    List<String> missing(List<Fault> possible) {
        List<String> missing = new ArrayList<>();
        if (acknowledged == 0) missing.add("acknowledgement");
        for (Reason reason : Reason.values())
            if (refused.getOrDefault(reason, 0L) == 0)
                missing.add("refusal because of " + label(reason));
        for (Fault fault : possible) if (!faults.containsKey(fault)) missing.add(fault.label());
        return missing;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "events stored", events);
        line(text, "receipts stored", receipts);
        line(text, "appends tried", attempts);
        line(text, "  acknowledged", acknowledged);
        refused.forEach((reason, n) -> line(text, "  refused, " + label(reason), n));
        line(text, "  told that unknown", unknown);
        line(text, "  answer lost by a kill", lost);
        line(text, "  of them repetitions of a key", repeated);
        line(text, "first answers asked for", answers);
        line(text, "writers started", incarnations);
        line(text, "logs reopened", reopened);
        faults.forEach((fault, n) -> line(text, "fault " + fault.label(), n));
        wires.forEach((what, n) -> line(text, what, n));
        return text.toString();
    }

    private static String label(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, String what, long n) {
        text.append(String.format(Locale.ROOT, "  %-32s %,10d%n", what, n));
    }
}
