package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compares a value with a schema: members, types and nulls, as far as this API's schemas go. */
final class Shape {
    private Shape() {}

    /** Also refuses members that the schema does not name. */
    static void require(JsonNode document, JsonNode schema, JsonNode value, String where) {
        JsonNode resolved = resolved(document, schema);
        if (resolved.has("anyOf")) {
            JsonNode fitting =
                    value.isNull() ? resolved.path("anyOf").get(1) : resolved.path("anyOf").get(0);
            require(document, fitting, value, where);
            return;
        }
        assertThat(types(resolved)).as("%s: %s", where, value).contains(type(value, resolved));
        if (resolved.has("enum"))
            assertThat(resolved.path("enum").valueStream().toList()).as(where).contains(value);
        for (JsonNode member : resolved.path("required"))
            assertThat(value.has(member.asString())).as("%s/%s", where, member).isTrue();
        for (Map.Entry<String, JsonNode> member : value.properties())
            requireMember(document, resolved, member, where + "/" + member.getKey());
        if (value.isArray())
            for (JsonNode item : value) require(document, resolved.path("items"), item, where);
    }

    private static void requireMember(
            JsonNode document, JsonNode schema, Map.Entry<String, JsonNode> member, String where) {
        if (schema.path("properties").has(member.getKey()))
            require(
                    document,
                    schema.path("properties").path(member.getKey()),
                    member.getValue(),
                    where);
        else if (schema.has("properties") || schema.has("additionalProperties")) {
            assertThat(schema.has("additionalProperties"))
                    .as("%s is not documented", where)
                    .isTrue();
            require(document, schema.path("additionalProperties"), member.getValue(), where);
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        return schema.has("$ref")
                ? document.at(schema.path("$ref").asString().substring(1))
                : schema;
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isString()) return List.of(type.asString());
        List<String> types = new ArrayList<>();
        for (JsonNode each : type) types.add(each.asString());
        return types;
    }

    private static String type(JsonNode value, JsonNode schema) {
        if (value.isIntegralNumber())
            return types(schema).contains("number") ? "number" : "integer";
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case BINARY, MISSING, POJO -> throw new AssertionError("not JSON: " + value);
        };
    }
}
