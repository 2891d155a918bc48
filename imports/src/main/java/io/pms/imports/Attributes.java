package io.pms.imports;

import io.pms.event.SourceAttribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Source attributes and their size, which an entry bounds.
 *
 * <p>What is too large for one entry is split over parts: a piece that continues the one before has
 * the same key and the type with {@code -part} behind it; its text is to be appended to that one's
 * text and its children to that one's children.
 */
public final class Attributes {
    /** Of one task or status change; the rest of an entry needs less than 8 KB. */
    public static final int MAX_BYTES = 56_000;

    /** Of one part; a third of an entry is left for everything else. */
    static final int PART_BYTES = 40_000;

    /** The members' names, quotes and commas around key, type, value and children. */
    private static final int AROUND = 50;

    private static final String PART = "-part";

    private Attributes() {}

    public static SourceAttribute text(String key, String type, @Nullable String value) {
        return new SourceAttribute(key, type, value, List.of());
    }

    public static SourceAttribute container(String key, List<SourceAttribute> children) {
        return new SourceAttribute(key, "container", null, children);
    }

    /** Never less than the bytes of their JSON. */
    public static long bytes(List<SourceAttribute> attributes) {
        long bytes = 0;
        for (SourceAttribute attribute : attributes) bytes += bytes(attribute);
        return bytes;
    }

    private static long bytes(SourceAttribute attribute) {
        return around(attribute) + bytes(attribute.value()) + bytes(attribute.children());
    }

    private static long around(SourceAttribute attribute) {
        return AROUND + PART.length() + bytes(attribute.key()) + bytes(attribute.type());
    }

    /** The bytes of a text in JSON, without its quotes. */
    public static long bytes(@Nullable String text) {
        if (text == null) return 0;
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) bytes += bytes(text.charAt(i));
        return bytes;
    }

    private static int bytes(char c) {
        if (c < 0x20) return 6;
        if (c == '"' || c == '\\') return 2;
        return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }

    /** The attributes in order, in lists of which each fits an entry. */
    public static List<List<SourceAttribute>> parts(List<SourceAttribute> attributes) {
        return pack(attributes, PART_BYTES);
    }

    private static List<List<SourceAttribute>> pack(List<SourceAttribute> attributes, long room) {
        List<List<SourceAttribute>> parts = new ArrayList<>();
        List<SourceAttribute> part = new ArrayList<>();
        long used = 0;
        for (SourceAttribute attribute : attributes)
            for (SourceAttribute piece : pieces(attribute, room)) {
                long bytes = bytes(piece);
                if (!part.isEmpty() && used + bytes > room) {
                    parts.add(part);
                    part = new ArrayList<>();
                    used = 0;
                }
                part.add(piece);
                used += bytes;
            }
        if (!part.isEmpty()) parts.add(part);
        return parts;
    }

    private static List<SourceAttribute> pieces(SourceAttribute attribute, long room) {
        if (bytes(attribute) <= room) return List.of(attribute);
        long left = room - around(attribute);
        if (left < 1_000)
            throw BadFile.because(
                    "the attribute \""
                            + Texts.cut(attribute.key(), 80)
                            + "\" has too long a name or is nested too deeply");
        List<SourceAttribute> pieces = new ArrayList<>();
        for (String text : texts(attribute.value(), left))
            pieces.add(piece(attribute, pieces.isEmpty(), text, List.of()));
        for (List<SourceAttribute> children : pack(attribute.children(), left))
            pieces.add(piece(attribute, pieces.isEmpty(), null, children));
        return pieces;
    }

    private static SourceAttribute piece(
            SourceAttribute of,
            boolean first,
            @Nullable String text,
            List<SourceAttribute> children) {
        return new SourceAttribute(of.key(), first ? of.type() : of.type() + PART, text, children);
    }

    private static List<String> texts(@Nullable String text, long room) {
        if (text == null) return List.of();
        List<String> texts = new ArrayList<>();
        int from = 0;
        long used = 0;
        for (int i = 0; i < text.length(); i++) {
            used += bytes(text.charAt(i));
            if (used > room && !Character.isLowSurrogate(text.charAt(i))) {
                texts.add(text.substring(from, i));
                from = i;
                used = bytes(text.charAt(i));
            }
        }
        texts.add(text.substring(from));
        return texts;
    }
}
