package io.pms.tlog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A text that is read line by line, each of which must end with a newline (U+000A). */
final class TextLines {
    private final String format;
    private final String text;
    private int at;
    private long line;

    TextLines(String format, String text) {
        this.format = format;
        this.text = text;
    }

    /**
     * Reads UTF-8 without control characters other than newlines, as C2SP signed-note wants it.
     *
     * @throws FormatException when it is something else or longer
     */
    static TextLines decode(String format, byte[] utf8, int maxBytes) {
        if (utf8.length > maxBytes)
            throw FormatException.of(format, utf8.length + " bytes are more than " + maxBytes);
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return new TextLines(format, text).requireNoControls();
        } catch (CharacterCodingException e) {
            throw FormatException.of(format, "it is not UTF-8");
        }
    }

    /**
     * The bytes of a text.
     *
     * @throws IllegalArgumentException when it has half a surrogate pair, which no UTF-8 stands for
     */
    static byte[] encode(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it cannot be written in UTF-8", e);
        }
    }

    /** Whether a text has characters below U+0020; a newline is one of them. */
    static boolean hasControl(String text) {
        return text.chars().anyMatch(character -> character < ' ');
    }

    private TextLines requireNoControls() {
        long number = 1;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\n') number++;
            else if (character < ' ')
                throw FormatException.atLine(
                        format, number, "control character %04x".formatted((int) character));
        }
        return this;
    }

    boolean hasNext() {
        return at < text.length();
    }

    /** The next line without its newline. */
    String next() {
        line++;
        int end = text.indexOf('\n', at);
        if (end < 0)
            throw fault(hasNext() ? "it does not end with a newline" : "the text ends before it");
        String next = text.substring(at, end);
        at = end + 1;
        return next;
    }

    /** All that has not been read. */
    String rest() {
        return text.substring(at);
    }

    /** Reads what follows a word and a space in the next line. */
    String next(String word) {
        String next = next();
        if (!next.startsWith(word + " "))
            throw fault("it should begin with '" + word + " ', not " + FormatException.quote(next));
        return next.substring(word.length() + 1);
    }

    /** What is wrong with the line read last. */
    FormatException fault(String problem) {
        return FormatException.atLine(format, line, problem);
    }

    long number(String digits) {
        try {
            return Decimal.parse(digits);
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    Hash hash(String base64) {
        try {
            return Hash.parse(base64);
        } catch (IllegalArgumentException e) {
            throw fault("it is not the base64 of a hash: " + FormatException.quote(base64));
        }
    }

    /** Reads hashes, one a line, up to and with an empty line. */
    List<Hash> hashes(int max) {
        List<Hash> hashes = new ArrayList<>();
        for (String next = next(); !next.isEmpty(); next = next()) {
            if (hashes.size() == max) throw fault("more than " + max + " hashes");
            hashes.add(hash(next));
        }
        return hashes;
    }
}
