package io.pms.bench;

import java.util.EnumMap;
import java.util.Map;

/** What came of one round of one subject. */
record Outcome(Map<Measure, Double> values) {
    Outcome {
        values = Map.copyOf(values);
    }

    static Outcome of(Measure measure, double value) {
        return new Outcome(Map.of(measure, value));
    }

    Outcome with(Measure measure, double value) {
        Map<Measure, Double> more = new EnumMap<>(Measure.class);
        more.putAll(values);
        more.put(measure, value);
        return new Outcome(more);
    }

    boolean has(Measure measure) {
        return values.containsKey(measure);
    }

    double get(Measure measure) {
        Double value = values.get(measure);
        if (value == null) throw new IllegalStateException("no " + measure + " in " + values);
        return value;
    }
}
