package io.pms.standalone.openapi;

import static java.util.Map.entry;

import io.pms.command.Bounds;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Supplier;

/** What the members of commands may hold, by their names: {@link Bounds} as schemas. */
final class MemberBounds {
    private static final Map<String, Supplier<Schema<?>>> VALUES =
            Map.ofEntries(
                    entry("projectId", Shapes::uuid),
                    entry("taskId", Shapes::uuid),
                    entry("parentId", Shapes::uuid),
                    entry("personId", Shapes::uuid),
                    entry("ErasePerson.personId", () -> Shapes.pattern(Bounds.PERSON_PATTERN)),
                    entry("name", () -> Shapes.text(Bounds.MAX_NAME)),
                    entry("email", () -> Shapes.text(Bounds.MAX_NAME)),
                    entry("wbs", () -> Shapes.text(Bounds.MAX_WBS)),
                    entry("text", () -> Shapes.text(Bounds.MAX_TEXT)),
                    entry("status", () -> Shapes.text(Bounds.MAX_NAME)),
                    entry("from", () -> Shapes.text(Bounds.MAX_NAME)),
                    entry("to", () -> Shapes.text(Bounds.MAX_NAME)),
                    entry("key", Shapes::text),
                    entry("type", Shapes::text),
                    entry("value", Shapes::text),
                    entry("part", () -> Shapes.integer(1, Integer.MAX_VALUE)),
                    entry("parts", () -> Shapes.integer(1, Integer.MAX_VALUE)),
                    entry("percent", MemberBounds::percent),
                    entry("durationHours", () -> amount(false)),
                    entry("effortHours", () -> amount(false)),
                    entry("lagHours", () -> amount(true)),
                    entry("hours", () -> amount(true)),
                    entry("TaskPlan.cost", () -> amount(false)),
                    entry("cost", () -> amount(true)),
                    entry("states", () -> states(1)),
                    entry("initial", () -> states(1)),
                    entry("finals", () -> states(0)),
                    entry("assignees", MemberBounds::assignees));

    private MemberBounds() {}

    /**
     * @throws IllegalStateException for a member that nobody has said anything about
     */
    static Schema<?> of(Class<?> record, String member) {
        Supplier<Schema<?>> own = VALUES.get(record.getSimpleName() + "." + member);
        Supplier<Schema<?>> any = own == null ? VALUES.get(member) : own;
        if (any == null)
            throw new IllegalStateException("no bounds are known for " + member + " of " + record);
        return any.get();
    }

    /** A list of records, within its bounds. */
    static Schema<?> list(String member, Schema<?> items) {
        Schema<?> list = Shapes.list(items);
        return switch (member) {
            case "transitions" -> list.maxItems(Bounds.MAX_TRANSITIONS).uniqueItems(true);
            case "predecessors" -> list.maxItems(Bounds.MAX_PREDECESSORS).uniqueItems(true);
            default -> list;
        };
    }

    private static Schema<?> states(int min) {
        return Shapes.list(Shapes.text(Bounds.MAX_NAME))
                .minItems(min)
                .maxItems(Bounds.MAX_STATES)
                .uniqueItems(true);
    }

    private static Schema<?> assignees() {
        return Shapes.list(Shapes.pattern(Bounds.PERSON_PATTERN))
                .maxItems(Bounds.MAX_ASSIGNEES)
                .uniqueItems(true);
    }

    private static Schema<?> percent() {
        Schema<?> number =
                Shapes.of("number")
                        .minimum(BigDecimal.ZERO)
                        .maximum(BigDecimal.valueOf(100))
                        .multipleOf(new BigDecimal("0.01"));
        return Shapes.anyOf(
                        number,
                        Shapes.pattern("(?:100(?:\\.0{1,2})?|[0-9]{1,2}(?:\\.[0-9]{1,2})?)"))
                .description("0 to 100 with at most two decimals.");
    }

    private static Schema<?> amount(boolean mayBeNegative) {
        Schema<?> number =
                Shapes.of("number")
                        .minimum(mayBeNegative ? Bounds.MAX_AMOUNT.negate() : BigDecimal.ZERO)
                        .maximum(Bounds.MAX_AMOUNT)
                        .multipleOf(BigDecimal.ONE.movePointLeft(Bounds.MAX_DECIMALS));
        String sign = mayBeNegative ? "-?" : "";
        Schema<?> text =
                Shapes.pattern(sign + "[0-9]{1,10}(?:\\.[0-9]{1," + Bounds.MAX_DECIMALS + "})?");
        return Shapes.anyOf(number, text)
                .description(
                        "At most "
                                + Bounds.MAX_DECIMALS
                                + " decimals. As text it does not pass through anybody's floating point.");
    }
}
