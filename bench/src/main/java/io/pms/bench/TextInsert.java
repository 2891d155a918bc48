package io.pms.bench;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Everything as one text in one round trip. */
final class TextInsert implements LoadWay {
    @Override
    public String name() {
        return "multi-row INSERT as text";
    }

    @Override
    public Sending prepare(Connection connection, Packet packet) {
        StringBuilder sql = new StringBuilder("START TRANSACTION;").append(packet.headUpdate());
        for (Rows rows : packet.filled()) insert(sql.append(';'), rows);
        String text = sql.append(";COMMIT").toString();
        return () -> LoadWay.execute(connection, text);
    }

    private static void insert(StringBuilder sql, Rows rows) {
        sql.append("INSERT INTO ").append(rows.table()).append(rows.columnList()).append(" VALUES");
        String separator = "(";
        for (@Nullable Object[] row : rows.values()) {
            sql.append(separator);
            for (int i = 0; i < row.length; i++) literal(i == 0 ? sql : sql.append(','), row[i]);
            sql.append(')');
            separator = ",(";
        }
    }

    private static void literal(StringBuilder sql, @Nullable Object value) {
        switch (value) {
            case null -> sql.append("NULL");
            case byte[] bytes -> bytes(sql, bytes);
            case Number number -> sql.append(number);
            case Object text -> text(sql, text.toString());
        }
    }

    /** Text where it is text, which is half as long as digits. */
    private static void bytes(StringBuilder sql, byte[] bytes) {
        try {
            text(
                    sql,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            sql.append("x'").append(HexFormat.of().formatHex(bytes)).append('\'');
        }
    }

    private static void text(StringBuilder sql, String text) {
        sql.append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') sql.append('\\');
            if (c == 0) sql.append("\\0");
            else sql.append(c);
        }
        sql.append('\'');
    }
}
