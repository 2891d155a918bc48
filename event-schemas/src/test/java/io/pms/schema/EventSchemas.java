package io.pms.schema;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of what the codec writes for an event record.
 *
 * <p>A member is required unless it is nullable or a list, because the codec leaves out nulls and
 * empty lists. Records and sealed interfaces inside are definitions, named after them.
 */
final class EventSchemas {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** {@link BigDecimal#toPlainString()}. */
    private static final String DECIMAL = "^-?\\d+(\\.\\d+)?$";

    private static final String LOCAL_DATE = "^([+-]\\d{5,9}|-?\\d{4})-\\d{2}-\\d{2}$";

    /** ISO 8601 without an offset, which the format {@code date-time} would demand. */
    private static final String LOCAL_DATE_TIME =
            "^([+-]\\d{5,9}|-?\\d{4})-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?$";

    private final ObjectNode definitions = JSON.createObjectNode();

    private EventSchemas() {}

    static ObjectNode of(String type, Class<?> record) {
        EventSchemas schemas = new EventSchemas();
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:pms:event:" + type);
        schema.put("title", record.getSimpleName());
        schema.setAll(schemas.record(record));
        if (!schemas.definitions.isEmpty()) schema.set("$defs", schemas.definitions);
        return schema;
    }

    static String text(ObjectNode schema) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private ObjectNode record(Class<?> record) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        for (RecordComponent member : record.getRecordComponents()) {
            properties.set(member.getName(), type(member.getAnnotatedType()));
            if (isAlwaysWritten(member)) required.add(member.getName());
        }
        schema.set("required", required);
        return schema.put("additionalProperties", false);
    }

    static boolean isAlwaysWritten(RecordComponent member) {
        return !member.getAnnotatedType().isAnnotationPresent(Nullable.class)
                && member.getType() != List.class;
    }

    private ObjectNode type(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType list) {
            ObjectNode schema = JSON.createObjectNode().put("type", "array");
            schema.set("items", type(list.getAnnotatedActualTypeArguments()[0]));
            return schema;
        }
        Class<?> type = (Class<?>) annotated.getType();
        return type.isRecord() || type.isSealed() ? reference(type) : value(type);
    }

    private static ObjectNode value(Class<?> type) {
        ObjectNode schema = JSON.createObjectNode();
        if (type == boolean.class) return schema.put("type", "boolean");
        if (type == int.class || type == long.class) return schema.put("type", "integer");
        schema.put("type", "string");
        if (type == BigDecimal.class) return schema.put("pattern", DECIMAL);
        if (type == LocalDate.class) return schema.put("pattern", LOCAL_DATE);
        if (type == LocalDateTime.class) return schema.put("pattern", LOCAL_DATE_TIME);
        if (type.isEnum()) {
            ArrayNode names = schema.putArray("enum");
            for (Object constant : type.getEnumConstants()) names.add(((Enum<?>) constant).name());
        } else if (type != String.class)
            throw new IllegalArgumentException("no schema is known for members of " + type);
        return schema;
    }

    private ObjectNode reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!definitions.has(name)) {
            definitions.putObject(name); // before its members, which may contain it
            definitions.set(name, type.isRecord() ? record(type) : alternatives(type));
        }
        return JSON.createObjectNode().put("$ref", "#/$defs/" + name);
    }

    private ObjectNode alternatives(Class<?> type) {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode oneOf = schema.putArray("oneOf");
        Arrays.stream(type.getPermittedSubclasses()).map(this::reference).forEach(oneOf::add);
        return schema;
    }
}
