package io.pms.query;

import io.pms.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins: after a place in an order. Opaque to clients; it is good for the same
 * list, filter and order only.
 */
public record Cursor(String score, String member) {
    /** The text that a client sends back. */
    public String text(String list) {
        String plain = check(list, score, member) + "\n" + score + "\n" + member;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param list everything that decides what is listed and in which order
     * @throws Problem 400 when it is not a cursor of this list
     */
    public static @Nullable Cursor parse(@Nullable String text, String list) {
        if (text == null) return null;
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = plain.split("\n", 3);
            if (parts.length == 3
                    && isNumber(parts[1])
                    && parts[0].equals(check(list, parts[1], parts[2])))
                return new Cursor(parts[1], parts[2]);
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new Problem(
                400,
                "bad-cursor",
                "The cursor is not understood",
                "cursor must be the nextCursor of an answer to the same list, filter and sort; leave it out to start again");
    }

    private static boolean isNumber(String text) {
        return text.matches("[+-]?(\\d{1,20}(\\.\\d{1,20})?([eE][+-]?\\d{1,3})?|inf)");
    }

    /** Against mistakes: another list's cursor, or one that was cut or changed on its way. */
    private static String check(String list, String score, String member) {
        CRC32 crc = new CRC32();
        String all = list + "\n" + score + "\n" + member;
        crc.update(all.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
