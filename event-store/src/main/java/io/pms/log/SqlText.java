package io.pms.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Literals of a packet. The connection is in utf8mb4 and without NO_BACKSLASH_ESCAPES. */
final class SqlText {
    private static final HexFormat HEX = HexFormat.of();

    private SqlText() {}

    static void bytes(StringBuilder sql, byte @Nullable [] value) {
        if (value == null) {
            sql.append("NULL");
            return;
        }
        sql.append("x'");
        HEX.formatHex(sql, value);
        sql.append('\'');
    }

    static void text(StringBuilder sql, @Nullable String value) {
        if (value == null) {
            sql.append("NULL");
            return;
        }
        sql.append('\'');
        int copied = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\'' && c != '\\' && c != 0) continue;
            sql.append(value, copied, i).append('\\').append(c == 0 ? '0' : c);
            copied = i + 1;
        }
        sql.append(value, copied, value.length()).append('\'');
    }

    /**
     * Bytes that are nearly always text: written as text, which is half as long, unless they are
     * not UTF-8.
     */
    static void textBytes(StringBuilder sql, byte[] value) {
        try {
            text(
                    sql,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
        } catch (CharacterCodingException e) {
            bytes(sql, value);
        }
    }
}
