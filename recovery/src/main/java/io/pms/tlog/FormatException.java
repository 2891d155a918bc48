package io.pms.tlog;

/**
 * Bytes or text that are not what they are taken for: damaged, forged, or not in the one form that
 * is allowed. Reading them again does not help.
 */
public final class FormatException extends RuntimeException {
    private static final int QUOTED_CHARS = 80;

    private final String format;
    private final long place;

    private FormatException(String format, long place, String message) {
        super(message);
        this.format = format;
        this.place = place;
    }

    static FormatException of(String format, String problem) {
        return new FormatException(format, 0, format + ": " + problem);
    }

    static FormatException atByte(String format, long offset, String problem) {
        return new FormatException(format, offset, format + ", byte " + offset + ": " + problem);
    }

    static FormatException atLine(String format, long line, String problem) {
        return new FormatException(format, line, format + ", line " + line + ": " + problem);
    }

    /**
     * Text from outside, so that it can stand in a message: short, on one line, and without
     * characters that a terminal obeys or nobody sees.
     */
    static String quote(String text) {
        String start = text.length() > QUOTED_CHARS ? text.substring(0, QUOTED_CHARS) + "…" : text;
        return "'" + start.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?") + "'";
    }

    /** What it should have been: the path of a tile, or the name of a format. */
    public String format() {
        return format;
    }

    /**
     * Where the fault is: the offset of a byte, from 0, in tiles and bundles; the number of a line,
     * from 1, in texts; 0 in texts of one line.
     */
    public long place() {
        return place;
    }
}
