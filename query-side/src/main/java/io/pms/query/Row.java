package io.pms.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** An entity of a page, and its place in the order of the page. */
record Row(String score, String member, Shown shown) {
    private static final JsonFactory JSON = new JsonFactory();

    /** What {@code page.lua} answers: {@code [[score, member, hash, hash…]…]}. */
    static List<Row> list(String json) {
        List<Row> rows = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_ARRAY) rows.add(row(parser));
        }
        return rows;
    }

    private static Row row(JsonParser parser) {
        String score = parser.nextStringValue();
        String member = parser.nextStringValue();
        List<Map<String, String>> hashes = new ArrayList<>();
        while (parser.nextToken().isStructStart()) hashes.add(hash(parser));
        return new Row(
                score, member, new Shown(hashes.getFirst(), hashes.subList(1, hashes.size())));
    }

    /** A list of names and values by turns; an empty one is written as an object. */
    private static Map<String, String> hash(JsonParser parser) {
        Map<String, String> hash = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING)
            hash.put(parser.getString(), parser.nextStringValue());
        return hash;
    }

    /** Where the page behind this row begins. */
    String cursor(Parameters parameters) {
        return new Cursor(score, member).text(parameters.withoutPage());
    }
}
