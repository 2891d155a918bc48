package io.pms.imports;

import io.pms.command.Bounds;
import org.jspecify.annotations.Nullable;

/** Makes texts of files fit for commands. */
public final class Texts {
    /** Stands for a name that is missing or blank. */
    public static final String UNNAMED = "(unnamed)";

    private Texts() {}

    /** A name within its bounds: {@link #UNNAMED} when blank, cut when too long. */
    public static String name(@Nullable String text) {
        return text == null || text.isBlank() ? UNNAMED : cut(text, Bounds.MAX_NAME);
    }

    /** At most so many characters, never half of a surrogate pair. */
    public static String cut(String text, int max) {
        if (text.length() <= max) return text;
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    /** The text with what Unicode does not allow (halves of surrogate pairs) replaced by U+FFFD. */
    public static String unicode(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (Character.isSupplementaryCodePoint(text.codePointAt(i))) i++;
            else {
                if (clean == null) clean = new StringBuilder(text);
                clean.setCharAt(i, '\ufffd');
            }
        }
        return clean == null ? text : clean.toString();
    }

    /** The text, or null when there is nothing to read in it. */
    public static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
