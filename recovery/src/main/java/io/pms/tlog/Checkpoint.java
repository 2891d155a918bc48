package io.pms.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * What a log says about itself: how many entries it has and what their root is (C2SP
 * tlog-checkpoint). It is the text of a signed note; by itself nobody vouches for it.
 *
 * @param origin which log it is
 * @param size its entries
 * @param root of its Merkle tree
 * @param extensions further lines, which others may write and nothing here understands; they are
 *     kept because signatures cover them
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    private static final String FORMAT = "checkpoint";

    /**
     * @throws IllegalArgumentException when the origin or an extension is empty or is not one line,
     *     or the root of an empty log is not that of the empty tree
     */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        requireLine("origin", origin);
        for (String extension : extensions) requireLine("extension line", extension);
        if (size < 0) throw new IllegalArgumentException("size " + size);
        if (size == 0 && !root.equals(Hash.EMPTY_ROOT))
            throw new IllegalArgumentException("an empty log cannot have the root " + root);
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    private static void requireLine(String what, String line) {
        if (line.isEmpty() || TextLines.hasControl(line))
            throw new IllegalArgumentException(
                    "the " + what + " must be one line, not " + FormatException.quote(line));
        TextLines.encode(line);
    }

    /**
     * Reads the text of a note.
     *
     * @throws FormatException unless it is what {@link #text} writes
     */
    public static Checkpoint parse(String text) {
        TextLines lines = new TextLines(FORMAT, text);
        String origin = lines.next();
        long size = lines.number(lines.next());
        Hash root = lines.hash(lines.next());
        List<String> extensions = new ArrayList<>();
        while (lines.hasNext()) extensions.add(lines.next());
        try {
            return new Checkpoint(origin, size, root, extensions);
        } catch (IllegalArgumentException e) {
            throw FormatException.of(FORMAT, String.valueOf(e.getMessage()));
        }
    }

    /** Origin, size, root and extensions, each on a line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(origin).append('\n').append(size).append('\n').append(root).append('\n');
        for (String extension : extensions) text.append(extension).append('\n');
        return text.toString();
    }
}
