package io.pms.standalone.openapi;

import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The building blocks of schemas, in OpenAPI 3.1's JSON Schema. */
final class Shapes {
    private static final String DATE =
            "[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9])|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)";
    private static final String TIME =
            "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?";

    private static final String UUID =
            "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

    private Shapes() {}

    static Schema<Object> of(String type) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        return schema;
    }

    static Schema<Object> text() {
        return of("string");
    }

    /** Not blank, and at most so many characters. */
    static Schema<?> text(int max) {
        return text().minLength(1).maxLength(max).pattern("\\S");
    }

    static Schema<?> pattern(String pattern) {
        return text().pattern("^" + pattern + "$");
    }

    static Schema<?> uuid() {
        return text().format("uuid").pattern(UUID);
    }

    /** Of the years 0000 to 9999. */
    static Schema<?> localDateTime() {
        return pattern(DATE + TIME)
                .format("date-time-local")
                .description("A local date-time without an offset.");
    }

    /** Of the years 0000 to 9999. */
    static Schema<?> date() {
        return pattern(DATE).format("date");
    }

    static Schema<?> dateOrLocalDateTime() {
        return pattern(DATE + "(?:" + TIME + ")?");
    }

    static Schema<?> integer(long min, long max) {
        return of("integer").minimum(BigDecimal.valueOf(min)).maximum(BigDecimal.valueOf(max));
    }

    static Schema<?> choice(Collection<String> words) {
        Schema<Object> schema = text();
        schema.setEnum(new ArrayList<>(words));
        return schema;
    }

    static Schema<?> list(Schema<?> items) {
        return of("array").items(items);
    }

    /** An object with members to be added. */
    static Schema<Object> object() {
        return of("object");
    }

    static Schema<Object> reference(String component) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.set$ref("#/components/schemas/" + component);
        return schema;
    }

    static Schema<Object> anyOf(Schema<?>... schemas) {
        Schema<Object> any = new Schema<>(SpecVersion.V31);
        any.setAnyOf(List.of(schemas));
        return any;
    }

    @SuppressWarnings("unchecked")
    static Schema<?> nullable(Schema<?> schema) {
        if (schema.get$ref() != null || schema.getAnyOf() != null)
            return anyOf(schema, of("null")).description(schema.getDescription());
        schema.addType("null");
        if (schema.getEnum() != null) ((Schema<Object>) schema).addEnumItemObject(null);
        return schema;
    }
}
