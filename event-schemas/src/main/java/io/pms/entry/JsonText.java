package io.pms.entry;

/** JSON strings, escaped in one way only. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /**
     * @throws IllegalArgumentException for a surrogate without its other half, which UTF-8 cannot
     *     say
     */
    static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') json.append('\\').append(c);
            else if (c < 0x20) control(json, c);
            else if (Character.isSurrogate(c)) {
                int point = text.codePointAt(i);
                if (!Character.isSupplementaryCodePoint(point))
                    throw new IllegalArgumentException("a lone surrogate at character " + i);
                json.appendCodePoint(point);
                i++;
            } else json.append(c);
        }
        json.append('"');
    }

    private static void control(StringBuilder json, char c) {
        switch (c) {
            case '\b' -> json.append("\\b");
            case '\t' -> json.append("\\t");
            case '\n' -> json.append("\\n");
            case '\f' -> json.append("\\f");
            case '\r' -> json.append("\\r");
            default -> json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
