package io.pms.imports;

import io.pms.http.Problem;

/** The problems of a file. Nothing was stored when one of them is answered. */
public final class BadFile {
    private BadFile() {}

    /** The file is of a format that is read, and broken or beyond a bound. */
    public static Problem because(String detail) {
        return new Problem(
                422,
                "bad-import-file",
                "The file cannot be imported",
                detail + "; nothing was stored");
    }

    /** As {@link #because}, with the place. */
    public static Problem at(int line, String detail) {
        return because("line " + line + ": " + detail).with("line", line);
    }

    /** As {@link #because}, with the place. */
    public static Problem at(int line, int column, String detail) {
        return because("line " + line + ", column " + column + ": " + detail)
                .with("line", line)
                .with("column", column);
    }

    /** Nobody knows how to read it. */
    public static Problem unknownFormat(String detail) {
        return new Problem(
                415,
                "unknown-import-format",
                "The format is not known",
                detail + "; nothing was stored");
    }

    public static Problem tooLarge(String detail) {
        return new Problem(
                413, "import-too-large", "The file is too large", detail + "; nothing was stored");
    }
}
