package io.pms.imports.history;

import io.pms.entry.EntryTime;
import io.pms.event.SourceAttribute;
import io.pms.event.Workflow;
import io.pms.imports.Attributes;
import io.pms.imports.BadFile;
import io.pms.imports.Content;
import io.pms.imports.history.TaskEvents.Change;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a whole log before the first command, found by reading it once. Every
 * event is checked on the way.
 *
 * @param log what stands outside of traces
 * @param first the earliest time; null when no event has one
 */
record HistoryFacts(
        List<SourceAttribute> log,
        Classifier classifier,
        Workflow workflow,
        People people,
        long traces,
        long events,
        @Nullable Instant first) {
    /** The command side takes business times up to a day ahead. */
    private static final Duration MAX_AHEAD = Duration.ofHours(23);

    private static final Instant MIN =
            EntryTime.toInstant(EntryTime.parse("0001-01-01T00:00:00.000000Z"));

    /** As long as every other id. */
    private static final String SOME_ID = "00000000-0000-8000-8000-000000000000";

    HistoryFacts {
        log = List.copyOf(log);
    }

    static HistoryFacts of(Content content, Instant now) throws IOException {
        Reading reading = new Reading(now.plus(MAX_AHEAD));
        try (XesReader xes = new XesReader(content.open())) {
            XesTrace trace = xes.next();
            Classifier classifier = Classifier.choose(xes.classifiers());
            TraceMapping mapping = new TraceMapping(classifier, name -> SOME_ID);
            for (; trace != null; trace = xes.next()) {
                reading.meet(trace.attributes(), trace.line());
                for (XesEvent event : trace.events())
                    reading.meet(event.attributes(), event.line());
                reading.take(trace, mapping.map(trace));
            }
            return reading.facts(xes.log(), classifier);
        }
    }

    private static final class Reading {
        private final Instant latest;
        private final ObservedWorkflow workflow = new ObservedWorkflow();
        private final People people = new People();
        private long traces;
        private long events;
        private @Nullable Instant first;

        Reading(Instant latest) {
            this.latest = latest;
        }

        HistoryFacts facts(List<SourceAttribute> log, Classifier classifier) {
            // Defaults of attributes name nobody.
            meet(log.stream().filter(it -> !it.type().equals("global")).toList(), 1);
            return new HistoryFacts(
                    log, classifier, workflow.workflow(), people, traces, events, first);
        }

        void take(XesTrace trace, TaskEvents task) {
            requireFits(trace.line(), "trace", task.attributes());
            for (Change change : task.changes()) {
                requireFits(change.line(), "event", change.attributes());
                if (change.time() != null) take(change.line(), change.time());
            }
            workflow.learn(task);
            traces++;
            events += task.changes().size();
        }

        private void take(int line, Instant time) {
            if (time.isAfter(latest))
                throw BadFile.at(line, "the event's time lies in the future: " + time);
            if (time.isBefore(MIN))
                throw BadFile.at(line, "the event's time is before the year 1: " + time);
            if (first == null || time.isBefore(first)) first = time;
        }

        /** Remembers the resources that attributes name, nested ones too. */
        void meet(List<SourceAttribute> attributes, int line) {
            for (SourceAttribute attribute : attributes) {
                String value = attribute.value();
                if (attribute.key().equals(People.RESOURCE) && value != null && !value.isBlank())
                    people.meet(value, line);
                meet(attribute.children(), line);
            }
        }

        private static void requireFits(int line, String what, List<SourceAttribute> attributes) {
            long bytes = Attributes.bytes(attributes);
            if (bytes > Attributes.MAX_BYTES)
                throw BadFile.at(
                        line,
                        "the "
                                + what
                                + "'s attributes have "
                                + bytes
                                + " bytes; at most "
                                + Attributes.MAX_BYTES
                                + " fit an event of the log: shorten or remove the largest");
        }
    }
}
