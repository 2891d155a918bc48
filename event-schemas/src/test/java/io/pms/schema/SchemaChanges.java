package io.pms.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * How one schema differs from an earlier one, seen by a reader of data that was written under the
 * earlier one: breaking when such data may not be valid any more. Where it cannot tell, it says
 * breaking.
 */
final class SchemaChanges {
    /** What a reader of data need not care about; definitions are compared where they are used. */
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "$id", "$defs", "title", "description");

    /** What is compared by its meaning. */
    private static final Set<String> COMPARED =
            Set.of("properties", "required", "enum", "items", "oneOf", "$ref");

    record Change(String member, String what, boolean breaking) {
        @Override
        public String toString() {
            return (breaking ? "breaking: " : "compatible: ") + member + " " + what;
        }
    }

    private final JsonNode oldRoot;
    private final JsonNode newRoot;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private SchemaChanges(JsonNode oldRoot, JsonNode newRoot) {
        this.oldRoot = oldRoot;
        this.newRoot = newRoot;
    }

    static List<Change> between(JsonNode oldSchema, JsonNode newSchema) {
        SchemaChanges comparison = new SchemaChanges(oldSchema, newSchema);
        comparison.compare("", oldSchema, newSchema);
        return comparison.changes;
    }

    private void compare(String at, JsonNode before, JsonNode after) {
        if (before.has("$ref") || after.has("$ref")) {
            if (!compared.add(
                    before.path("$ref").asString("") + " " + after.path("$ref").asString("")))
                return;
            compare(at, resolve(before, oldRoot), resolve(after, newRoot));
            return;
        }
        compareKeywords(at, before, after);
        compareProperties(at, before.path("properties"), after.path("properties"));
        compareRequired(at, before, after);
        compareNames(at, "value", texts(before.path("enum")), texts(after.path("enum")));
        compareAlternatives(at, before.path("oneOf"), after.path("oneOf"));
        if (before.has("items") && after.has("items"))
            compare(at + "[]", before.path("items"), after.path("items"));
    }

    private static JsonNode resolve(JsonNode schema, JsonNode root) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : root.at(reference.substring(1));
    }

    private void compareKeywords(String at, JsonNode before, JsonNode after) {
        Set<String> keywords = new TreeSet<>(before.propertyNames());
        keywords.addAll(after.propertyNames());
        keywords.removeAll(ANNOTATIONS);
        for (String keyword : keywords) {
            JsonNode was = before.path(keyword);
            JsonNode is = after.path(keyword);
            if (COMPARED.contains(keyword)
                    ? was.isMissingNode() != is.isMissingNode()
                    : !was.equals(is))
                add(at, "has another " + keyword + ": " + is + " instead of " + was, true);
        }
    }

    private void compareProperties(String at, JsonNode before, JsonNode after) {
        for (String name : before.propertyNames()) {
            if (after.has(name)) compare(member(at, name), before.path(name), after.path(name));
            else add(member(at, name), "was removed", true);
        }
        for (String name : after.propertyNames())
            if (!before.has(name)) add(member(at, name), "was added", false);
    }

    private void compareRequired(String at, JsonNode before, JsonNode after) {
        Set<String> was = texts(before.path("required"));
        Set<String> is = texts(after.path("required"));
        for (String name : is)
            if (!was.contains(name)) add(member(at, name), "is required now", true);
        for (String name : was)
            if (!is.contains(name) && after.path("properties").has(name))
                add(member(at, name), "may be absent now", false);
    }

    private void compareAlternatives(String at, JsonNode before, JsonNode after) {
        Set<String> was = references(before);
        Set<String> is = references(after);
        compareNames(at, "alternative", was, is);
        for (String reference : was)
            if (is.contains(reference))
                compare(at, oldRoot.at(reference.substring(1)), newRoot.at(reference.substring(1)));
    }

    private void compareNames(String at, String kind, Set<String> before, Set<String> after) {
        for (String name : before)
            if (!after.contains(name)) add(at, "lost the " + kind + " " + name, true);
        for (String name : after)
            if (!before.contains(name)) add(at, "has the new " + kind + " " + name, false);
    }

    private void add(String at, String what, boolean breaking) {
        changes.add(new Change(at.isEmpty() ? "the event" : at, what, breaking));
    }

    private static String member(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private static Set<String> references(JsonNode oneOf) {
        Set<String> references = new TreeSet<>();
        oneOf.forEach(alternative -> references.add(alternative.path("$ref").asString()));
        return references;
    }
}
