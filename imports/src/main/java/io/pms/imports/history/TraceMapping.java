package io.pms.imports.history;

import io.pms.event.SourceAttribute;
import io.pms.imports.BadFile;
import io.pms.imports.Texts;
import io.pms.imports.history.TaskEvents.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Traces as tasks. An attribute is left out only when a field says exactly the same; every other
 * one is kept.
 */
final class TraceMapping {
    private static final String NAME = "concept:name";
    private static final String TIME = "time:timestamp";
    private static final String BETWEEN = " / ";

    private final Classifier classifier;
    private final UnaryOperator<String> personOf;

    /**
     * @param personOf the opaque id of a resource, by its name
     */
    TraceMapping(Classifier classifier, UnaryOperator<String> personOf) {
        this.classifier = classifier;
        this.personOf = personOf;
    }

    TaskEvents map(XesTrace trace) {
        List<SourceAttribute> attributes = new ArrayList<>(trace.attributes());
        SourceAttribute name = first(attributes, NAME);
        String text = Texts.name(name == null ? null : name.value());
        if (name != null && isPlain(name, "string") && text.equals(name.value()))
            attributes.remove(name);
        return new TaskEvents(
                text, withoutNames(attributes), trace.events().stream().map(this::map).toList());
    }

    private Change map(XesEvent event) {
        List<SourceAttribute> attributes = new ArrayList<>(event.attributes());
        String status = status(attributes);
        Instant time = time(event, attributes);
        String resource = resource(attributes);
        return new Change(event.line(), status, resource, time, withoutNames(attributes));
    }

    /** Joins what the classifier asks for, and takes it out when it can be split again. */
    private String status(List<SourceAttribute> attributes) {
        List<SourceAttribute> found = new ArrayList<>();
        List<String> values = new ArrayList<>();
        boolean splits = true;
        for (String key : classifier.keys()) {
            SourceAttribute attribute = first(attributes, key);
            String value = attribute == null ? null : anonymous(attribute);
            splits &= attribute != null && isPlain(attribute, "string") && isPiece(value);
            if (attribute != null && value != null) {
                found.add(attribute);
                values.add(value);
            }
        }
        String joined = String.join(BETWEEN, values);
        String status = Texts.name(joined);
        if (splits && status.equals(joined))
            for (SourceAttribute attribute : found)
                if (!attribute.key().equals(People.RESOURCE)) attributes.remove(attribute);
        return status;
    }

    private static boolean isPiece(@Nullable String value) {
        return value != null && !value.isBlank() && !value.contains(BETWEEN);
    }

    private static @Nullable Instant time(XesEvent event, List<SourceAttribute> attributes) {
        SourceAttribute attribute = first(attributes, TIME);
        if (attribute == null) return null;
        XesTime time = XesTime.of(attribute);
        if (time == null)
            throw BadFile.at(
                    event.line(),
                    "the event's time:timestamp is not a time: "
                            + Texts.cut(String.valueOf(attribute.value()), 80));
        if (time.exact() && isPlain(attribute, "date")) attributes.remove(attribute);
        return time.instant();
    }

    private static @Nullable String resource(List<SourceAttribute> attributes) {
        SourceAttribute attribute = first(attributes, People.RESOURCE);
        if (attribute == null || attribute.value() == null || attribute.value().isBlank())
            return null;
        if (isPlain(attribute, "string")) attributes.remove(attribute);
        return attribute.value();
    }

    private static boolean isPlain(SourceAttribute attribute, String type) {
        return attribute.type().equals(type) && attribute.children().isEmpty();
    }

    private static @Nullable SourceAttribute first(List<SourceAttribute> attributes, String key) {
        for (SourceAttribute attribute : attributes)
            if (attribute.key().equals(key)) return attribute;
        return null;
    }

    private List<SourceAttribute> withoutNames(List<SourceAttribute> attributes) {
        List<SourceAttribute> clean = new ArrayList<>(attributes.size());
        for (SourceAttribute attribute : attributes)
            clean.add(
                    new SourceAttribute(
                            attribute.key(),
                            attribute.type(),
                            anonymous(attribute),
                            withoutNames(attribute.children())));
        return clean;
    }

    private @Nullable String anonymous(SourceAttribute attribute) {
        String value = attribute.value();
        return value == null || value.isBlank() || !attribute.key().equals(People.RESOURCE)
                ? value
                : personOf.apply(value);
    }
}
