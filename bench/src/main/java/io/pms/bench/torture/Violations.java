package io.pms.bench.torture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What checks have found. A broken log breaks an invariant at many places: the first ones do. */
final class Violations {
    private static final int SHOWN_OF_EACH = 5;

    private final Map<Invariant, List<Violation>> found = new EnumMap<>(Invariant.class);

    void add(Invariant invariant, String message, Object... values) {
        List<Violation> same = found.computeIfAbsent(invariant, key -> new ArrayList<>());
        if (same.size() < SHOWN_OF_EACH)
            same.add(new Violation(invariant, String.format(Locale.ROOT, message, values)));
    }

    List<Violation> list() {
        return found.values().stream().flatMap(List::stream).toList();
    }
}
