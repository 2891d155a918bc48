package io.pms.standalone.openapi;

import io.pms.command.Bounds;
import io.pms.command.Command;
import io.pms.command.api.CommandCatalog;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What commands are made of, from their records: what the API takes, and nothing else. */
final class CommandSchemas {
    private final Map<String, Schema<?>> components = new LinkedHashMap<>();

    /** The schemas that others refer to, by name. */
    Map<String, Schema<?>> components() {
        return components;
    }

    /** The body of a command: its members, and what can be said with any command. */
    Schema<?> body(String name) {
        components.put(name, data(name));
        Schema<?> body = components.get(name);
        boolean mustSayWhy = CommandCatalog.needsReason(name);
        body.addProperty("reason", mustSayWhy ? why() : reason());
        if (mustSayWhy) body.addRequiredItem("reason");
        body.addProperty("occurredAt", occurredAt());
        return Shapes.reference(name);
    }

    /** The members of a command alone. */
    private Schema<?> data(String name) {
        Class<? extends Command> command = CommandCatalog.find(name);
        if (command == null) throw new IllegalArgumentException("there is no command " + name);
        Schema<?> schema = Shapes.object().additionalProperties(false);
        List<String> required =
                CommandCatalog.members(name).stream()
                        .filter(CommandCatalog.Member::required)
                        .map(CommandCatalog.Member::name)
                        .toList();
        addMembers(schema, command, required);
        return schema;
    }

    static Schema<?> reason() {
        return Shapes.nullable(why());
    }

    private static Schema<?> why() {
        return Shapes.text().maxLength(Bounds.MAX_TEXT).description("Why, in the actor's words.");
    }

    static Schema<?> occurredAt() {
        return Shapes.nullable(
                Shapes.text()
                        .format("date-time")
                        .description(
                                "When it happened, where that was not now: from the year 1 to a day ahead."));
    }

    private void addMembers(Schema<?> schema, Class<?> record, List<String> required) {
        for (RecordComponent member : record.getRecordComponents()) {
            Schema<?> value = value(record, member);
            boolean mustBe = required.contains(member.getName());
            schema.addProperty(member.getName(), mustBe ? value : Shapes.nullable(value));
        }
        if (!required.isEmpty()) schema.setRequired(required);
    }

    private Schema<?> value(Class<?> record, RecordComponent member) {
        Class<?> type = member.getType();
        if (type == boolean.class) return Shapes.of("boolean");
        if (type == LocalDate.class) return Shapes.date();
        if (type == LocalDateTime.class) return Shapes.localDateTime();
        if (type.isEnum()) return choice(type);
        if (type.isRecord()) return nested(type);
        if (type == List.class && element(member).isRecord())
            return MemberBounds.list(member.getName(), nested(element(member)));
        return MemberBounds.of(record, member.getName());
    }

    private static Class<?> element(RecordComponent list) {
        AnnotatedType type = list.getAnnotatedType();
        return (Class<?>)
                ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0].getType();
    }

    private static Schema<?> choice(Class<?> type) {
        return Shapes.choice(Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    }

    /** Answers have components of the records' own names, and say more than a command must. */
    private Schema<?> nested(Class<?> record) {
        String name = record.getSimpleName() + "Input";
        if (!components.containsKey(name)) {
            Schema<?> schema = Shapes.object().additionalProperties(false);
            components.put(name, schema); // before its members, which may contain it
            addMembers(schema, record, required(record));
        }
        return Shapes.reference(name);
    }

    private static List<String> required(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .filter(member ->
                        !member.getAnnotatedType().isAnnotationPresent(Nullable.class)
                                && !mayBeEmpty(record, member))
                .map(RecordComponent::getName)
                .toList();
    }

    /** A list that may be empty may be left out. */
    private static boolean mayBeEmpty(Class<?> record, RecordComponent member) {
        if (member.getType() != List.class) return false;
        if (element(member).isRecord()) return true;
        Integer min = MemberBounds.of(record, member.getName()).getMinItems();
        return min == null || min == 0;
    }
}
