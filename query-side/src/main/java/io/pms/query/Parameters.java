package io.pms.query;

import io.pms.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, read strictly: what is not understood is refused, not ignored. */
public final class Parameters {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    private final String path;
    private final Map<String, String> values = new TreeMap<>();

    private Parameters(String path) {
        this.path = path;
    }

    /**
     * @throws Problem 400 for a parameter that is not among the known ones, or given twice
     */
    public static Parameters of(HttpServletRequest request, String... known) {
        Parameters parameters = new Parameters(request.getRequestURI());
        List<String> names = Arrays.asList(known);
        request.getParameterMap()
                .forEach((name, given) -> {
                    if (!names.contains(name))
                        throw bad(name, "is not known here; known are " + names);
                    if (given.length != 1) throw bad(name, "is given twice");
                    parameters.values.put(name, given[0]);
                });
        return parameters;
    }

    public @Nullable String text(String name) {
        String value = values.get(name);
        if (value != null && value.isEmpty()) throw bad(name, "is empty; leave it out");
        return value;
    }

    /** One of a few words. */
    public String choice(String name, String absent, List<String> choices) {
        String value = text(name);
        if (value == null) return absent;
        if (!choices.contains(value)) throw bad(name, "must be one of " + choices);
        return value;
    }

    public @Nullable Boolean flag(String name) {
        String value = text(name);
        if (value == null) return null;
        if (!value.equals("true") && !value.equals("false"))
            throw bad(name, "must be true or false");
        return value.equals("true");
    }

    /** Entities a page. */
    public int limit() {
        String value = text("limit");
        if (value == null) return DEFAULT_LIMIT;
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MAX_LIMIT) return limit;
        } catch (NumberFormatException e) {
            // told below
        }
        throw bad("limit", "must be a number from 1 to " + MAX_LIMIT);
    }

    /**
     * A local date-time, or a date, which means its first or its last second.
     *
     * @param end whether a date means its last second
     */
    public @Nullable LocalDateTime time(String name, boolean end) {
        String value = text(name);
        if (value == null) return null;
        try {
            if (value.length() > 10) return LocalDateTime.parse(value);
            return LocalDate.parse(value).atTime(end ? LocalTime.of(23, 59, 59) : LocalTime.MIN);
        } catch (DateTimeParseException e) {
            throw bad(
                    name,
                    "must be a date or a local date-time, for example 2026-11-23 or 2026-11-23T17:00");
        }
    }

    /** Everything but the page: what a cursor belongs to. */
    public String withoutPage() {
        return path
                + "?"
                + values.entrySet().stream()
                        .filter(entry ->
                                !entry.getKey().equals("cursor") && !entry.getKey().equals("limit"))
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("&"));
    }

    static Problem bad(String name, String what) {
        return new Problem(
                400,
                "bad-parameter",
                "A parameter is malformed",
                "the parameter " + name + " " + what);
    }
}
