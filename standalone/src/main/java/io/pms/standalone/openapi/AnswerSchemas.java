package io.pms.standalone.openapi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pms.query.ItemList;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What answers are made of, from their records: every member is there, and is null only where the
 * record says so. An answer may get further members in time.
 */
final class AnswerSchemas {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Texts that are times in UTC. */
    private static final Set<String> TIMES =
            Set.of("createdAt", "updatedAt", "time", "recordedTime");

    private final Map<String, Schema<?>> components = new LinkedHashMap<>();

    /** The schemas that others refer to, by name. */
    Map<String, Schema<?>> components() {
        return components;
    }

    Schema<?> of(Type type) {
        if (type instanceof ParameterizedType generic) return generic(generic);
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) return component(plain.getSimpleName(), plain, plain);
        if (plain.isEnum()) return Shapes.choice(words(plain));
        if (plain == String.class) return Shapes.text();
        if (plain == boolean.class || plain == Boolean.class) return Shapes.of("boolean");
        if (plain == int.class || plain == Integer.class)
            return Shapes.of("integer").format("int32");
        if (plain == long.class || plain == Long.class) return Shapes.of("integer").format("int64");
        if (plain == double.class || plain == BigDecimal.class) return Shapes.of("number");
        if (plain == Instant.class) return Shapes.text().format("date-time");
        if (plain == LocalDateTime.class) return Shapes.text().format("date-time-local");
        if (plain == JsonNode.class) return Shapes.object();
        throw new IllegalStateException("no schema is known for " + type);
    }

    private Schema<?> generic(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == List.class) return Shapes.list(of(arguments[0]));
        if (raw == Map.class) return Shapes.object().additionalProperties(of(arguments[1]));
        if (raw == ItemList.class)
            return component(((Class<?>) arguments[0]).getSimpleName() + "List", raw, arguments[0]);
        throw new IllegalStateException("no schema is known for " + type);
    }

    private Schema<?> component(String name, Class<?> record, Type element) {
        if (!components.containsKey(name)) {
            Schema<?> schema = Shapes.object();
            components.put(name, schema); // before its members, which may contain it
            addMembers(schema, record, element);
        }
        return Shapes.reference(name);
    }

    private void addMembers(Schema<?> schema, Class<?> record, Type element) {
        for (RecordComponent member : record.getRecordComponents()) {
            if (isUnwrapped(record, member)) addMembers(schema, member.getType(), element);
            else {
                schema.addProperty(member.getName(), member(member, element));
                schema.addRequiredItem(member.getName());
            }
        }
    }

    private Schema<?> member(RecordComponent member, Type element) {
        Schema<?> schema = of(bound(member.getGenericType(), element));
        if (TIMES.contains(member.getName()) && member.getType() == String.class)
            schema.format("date-time");
        boolean nullable = member.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return nullable ? Shapes.nullable(schema) : schema;
    }

    /** A list of T is a list of what the page holds. */
    private static Type bound(Type type, Type element) {
        boolean open =
                type instanceof ParameterizedType generic
                        && generic.getActualTypeArguments()[0] instanceof TypeVariable;
        return open ? new ListOf(element) : type;
    }

    private record ListOf(Type element) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }

    /** Where a record's member is annotated, Java puts the annotation on its accessor or field. */
    private static boolean isUnwrapped(Class<?> record, RecordComponent member) {
        try {
            return record.getDeclaredField(member.getName())
                    .isAnnotationPresent(JsonUnwrapped.class);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> JSON.valueToTree(constant).asString())
                .toList();
    }
}
