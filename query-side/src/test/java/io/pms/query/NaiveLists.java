package io.pms.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What a list must answer, from tasks that were asked for one by one. */
final class NaiveLists {
    private static final String LAST = "\uDBFF\uDFFF";

    private NaiveLists() {}

    static List<String> ids(List<JsonNode> tasks, Map<String, String> parameters) {
        return tasks.stream()
                .filter(task -> fits(task, parameters))
                .sorted(order(parameters.getOrDefault("sort", "due")))
                .map(task -> task.path("id").asString())
                .toList();
    }

    private static boolean fits(JsonNode task, Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .allMatch(each -> fits(task, each.getKey(), each.getValue()));
    }

    private static boolean fits(JsonNode task, String parameter, String value) {
        String finish = text(task, "plannedFinish", "");
        return switch (parameter) {
            case "assignee" ->
                    task.path("assignees")
                            .valueStream()
                            .anyMatch(who -> value.equals(who.asString()));
            case "dueFrom" -> !finish.isEmpty() && seconds(finish).compareTo(seconds(value)) >= 0;
            case "dueTo" ->
                    !finish.isEmpty()
                            && seconds(finish)
                                            .compareTo(
                                                    value.length() == 10
                                                            ? value + "T23:59:59"
                                                            : seconds(value))
                                    <= 0;
            case "sort" -> true;
            default -> task.path(parameter).asString().equals(value);
        };
    }

    /** In one length, so that texts compare as times do. */
    private static String seconds(String time) {
        if (time.length() == 10) return time + "T00:00:00";
        return time.length() == 16 ? time + ":00" : time;
    }

    private static String text(JsonNode task, String field, String absent) {
        return task.hasNonNull(field) ? task.path(field).asString() : absent;
    }

    static Comparator<JsonNode> order(String sort) {
        boolean descending = sort.startsWith("-");
        Comparator<JsonNode> ascending =
                by(key(descending ? sort.substring(1) : sort)).thenComparing(by(byId()));
        return descending ? ascending.reversed() : ascending;
    }

    private static Function<JsonNode, String> byId() {
        return task -> task.path("id").asString();
    }

    private static Comparator<JsonNode> by(Function<JsonNode, String> key) {
        return (a, b) ->
                Arrays.compareUnsigned(
                        key.apply(a).getBytes(StandardCharsets.UTF_8),
                        key.apply(b).getBytes(StandardCharsets.UTF_8));
    }

    private static Function<JsonNode, String> key(String order) {
        return switch (order) {
            case "due" -> task -> seconds(text(task, "plannedFinish", LAST));
            case "start" -> task -> seconds(text(task, "plannedStart", LAST));
            case "created" -> task -> text(task, "createdAt", LAST);
            case "updated" -> task -> text(task, "updatedAt", LAST);
            case "name" -> task -> name(text(task, "name", LAST));
            case "wbs" -> task -> wbs(text(task, "wbs", LAST));
            default -> throw new IllegalArgumentException(order);
        };
    }

    private static String name(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.substring(0, Math.min(80, lower.length()));
    }

    private static String wbs(String wbs) {
        if (wbs.equals(LAST)) return LAST;
        StringBuilder key = new StringBuilder();
        for (String number : wbs.split("\\."))
            key.append("%05d.".formatted(Integer.parseInt(number)));
        return key.toString();
    }
}
