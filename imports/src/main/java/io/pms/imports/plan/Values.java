package io.pms.imports.plan;

import io.pms.event.SourceAttribute;
import io.pms.imports.Attributes;
import io.pms.imports.Texts;
import java.math.BigDecimal;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mpxj.Duration;

/** Collects MPXJ's values as attributes; nothing, false, zero and blank are left out. */
final class Values {
    private final PlanPeople people;
    private final List<SourceAttribute> attributes = new ArrayList<>();

    Values(PlanPeople people) {
        this.people = people;
    }

    List<SourceAttribute> list() {
        return List.copyOf(attributes);
    }

    Values add(String key, @Nullable Object value) {
        if (value != null && !isNothing(value)) addAlways(key, value);
        return this;
    }

    /** Zero too. */
    Values addAlways(String key, @Nullable Object value) {
        if (value != null) add(Attributes.text(Texts.unicode(key), type(value), text(value)));
        return this;
    }

    Values add(SourceAttribute attribute) {
        attributes.add(attribute);
        return this;
    }

    /** A person's name: the id is kept in its place. */
    Values addPerson(String key, @Nullable String name) {
        if (Texts.orNull(name) != null && name != null)
            add(Attributes.text(key, "person", people.idOf(name)));
        return this;
    }

    private static boolean isNothing(Object value) {
        return switch (value) {
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            case Duration duration -> duration.getDuration() == 0;
            default -> value.toString().isBlank();
        };
    }

    private static String type(Object value) {
        return switch (value) {
            case Boolean flag -> "boolean";
            case Integer number -> "int";
            case Long number -> "int";
            case Number number -> "float";
            case Duration duration -> "duration";
            case Temporal time -> "date";
            default -> "string";
        };
    }

    private String text(Object value) {
        if (value instanceof Number number) {
            BigDecimal exact = Amounts.exact(number);
            return exact == null ? number.toString() : exact.toPlainString();
        }
        return people.withoutName(Texts.unicode(value.toString()));
    }
}
