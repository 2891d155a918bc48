package io.pms.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A line of Redis's MONITOR: a command as a server has executed it. */
final class MonitorLine {
    /** What stands in the place of the client's address where a script is the client. */
    private static final byte[] SCRIPT = " lua] ".getBytes(StandardCharsets.US_ASCII);

    /** A time and a database come first. */
    private static final int HEADER_LENGTH = 40;

    private final byte[] line;
    private final int length;
    private int at;

    /**
     * @param length how much of the bytes is the line, without its end
     */
    MonitorLine(byte[] line, int length) {
        this.line = line;
        this.length = length;
    }

    /** Whether a script has called the command. */
    boolean isOfScript() {
        int last = Math.min(length, HEADER_LENGTH) - SCRIPT.length;
        for (int start = 0; start <= last; start++) if (isScriptAt(start)) return true;
        return false;
    }

    private boolean isScriptAt(int start) {
        for (int i = 0; i < SCRIPT.length; i++) if (line[start + i] != SCRIPT[i]) return false;
        return true;
    }

    boolean contains(String text) {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** The command and its arguments. */
    List<byte[]> arguments() {
        List<byte[]> arguments = new ArrayList<>();
        for (at = 0; at < length; at++) if (line[at] == '"') arguments.add(argument());
        return arguments;
    }

    /** From a quotation mark to the next one that is none of the text's. */
    private byte[] argument() {
        ByteArrayOutputStream argument = new ByteArrayOutputStream();
        for (at++; line[at] != '"'; at++) argument.write(line[at] == '\\' ? escaped() : line[at]);
        return argument.toByteArray();
    }

    private int escaped() {
        at++;
        return switch (line[at]) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'x' -> {
                at += 2;
                yield Character.digit(line[at - 1], 16) << 4 | Character.digit(line[at], 16);
            }
            default -> line[at];
        };
    }
}
