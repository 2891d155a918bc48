package io.pms.archive.api;

import io.pms.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, which are numbers from 0 on, read strictly. */
final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final Map<String, Long> values = new HashMap<>();

    private Numbers() {}

    /**
     * @throws Problem 400 for a parameter that is not among the known ones, given twice, or no such
     *     number
     */
    static Numbers of(HttpServletRequest request, String... known) {
        Numbers numbers = new Numbers();
        List<String> names = Arrays.asList(known);
        request.getParameterMap()
                .forEach((name, given) -> {
                    if (!names.contains(name))
                        throw bad(name, "is not known here; known are " + names);
                    if (given.length != 1) throw bad(name, "is given twice");
                    Long number = parse(given[0]);
                    if (number == null) throw bad(name, "must be a number from 0 on");
                    numbers.values.put(name, number);
                });
        return numbers;
    }

    /** Null for what is no such number in its only form. */
    static @Nullable Long parse(String text) {
        return NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    long required(String name) {
        Long value = values.get(name);
        if (value == null) throw bad(name, "is missing");
        return value;
    }

    @Nullable Long optional(String name) {
        return values.get(name);
    }

    static Problem bad(String name, String what) {
        return new Problem(
                400,
                "bad-parameter",
                "A parameter is malformed",
                "the parameter " + name + " " + what);
    }
}
