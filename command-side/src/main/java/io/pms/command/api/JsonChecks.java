package io.pms.command.api;

import io.pms.http.Problem;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What no member may hold, wherever it stands. */
final class JsonChecks {
    private JsonChecks() {}

    /**
     * @throws Problem 400 for a list that holds null, and for text that is not Unicode: half of a
     *     surrogate pair cannot be stored
     */
    static void require(JsonNode node) {
        require(node, "");
    }

    private static void require(JsonNode node, String pointer) {
        if (node.isString()) requireText(node.stringValue(), pointer);
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            requireText(member.getKey(), pointer);
            require(member.getValue(), pointer + "/" + member.getKey());
        }
        if (!node.isArray()) return;
        for (int i = 0; i < node.size(); i++) {
            if (node.get(i).isNull())
                throw CommandReader.bad(
                        "bad-member", pointer + "/" + i, "a list must not hold null", null);
            require(node.get(i), pointer + "/" + i);
        }
    }

    private static void requireText(String text, String pointer) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (i + 1 == text.length()
                    || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1)))
                throw CommandReader.bad(
                        "bad-member", pointer, "half of a surrogate pair is not text", null);
            i++;
        }
    }
}
