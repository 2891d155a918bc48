package io.pms.schema;

import io.pms.event.Event;
import io.pms.event.Workflow;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Events of any record: of each one with nothing that may be absent and one with everything, the
 * alternatives and enum values in turn.
 */
final class SampleEvents {
    private static final int DEPTH = 4;
    private static final int VARIANTS = 4;

    private final int variant;
    private int depth;

    private SampleEvents(int variant) {
        this.variant = variant;
    }

    static List<Event> of(Class<? extends Event> record) {
        return IntStream.range(0, VARIANTS)
                .mapToObj(variant -> (Event) new SampleEvents(variant).record(record))
                .toList();
    }

    private boolean isBare() {
        return variant == 0 || depth > DEPTH;
    }

    private Object record(Class<?> record) {
        if (record == Workflow.class) return Workflow.DEFAULT;
        depth++;
        List<Object> values = new ArrayList<>();
        for (RecordComponent member : record.getRecordComponents())
            values.add(
                    isBare() && !EventSchemas.isAlwaysWritten(member)
                            ? null
                            : value(member.getAnnotatedType()));
        depth--;
        try {
            var constructor = record.getDeclaredConstructors()[0];
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no sample of " + record, e);
        }
    }

    private Object value(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType list)
            return List.of(value(list.getAnnotatedActualTypeArguments()[0]));
        Class<?> type = (Class<?>) annotated.getType();
        if (type == String.class) return isBare() ? "" : "\"text\" ü";
        if (type == boolean.class) return !isBare();
        if (type == int.class) return variant;
        if (type == long.class) return Long.MAX_VALUE - variant;
        if (type == BigDecimal.class) return new BigDecimal("-1.5E+3").scaleByPowerOfTen(-variant);
        if (type == LocalDate.class) return dateTime().toLocalDate();
        if (type == LocalDateTime.class) return dateTime();
        if (type.isEnum()) return oneOf(Arrays.asList(type.getEnumConstants()));
        return record(type.isSealed() ? oneOf(List.of(type.getPermittedSubclasses())) : type);
    }

    private LocalDateTime dateTime() {
        return oneOf(
                List.of(
                        LocalDateTime.parse("2026-01-05T08:00"),
                        LocalDateTime.parse("2026-01-05T08:00:01.000001"),
                        LocalDateTime.parse("+12026-01-05T08:00"),
                        LocalDateTime.parse("-0001-01-05T08:00")));
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(variant % choices.size());
    }
}
