package io.pms.projection;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts whose order by bytes is the order that people expect. */
public final class SortKey {
    /** Enough to tell names apart; the id decides between those that begin alike. */
    private static final int MAX_LENGTH = 80;

    private static final Pattern NUMBER = Pattern.compile("0*(\\d+)");

    private SortKey() {}

    /** Without regard to case. */
    public static String ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('\0', ' ');
        if (lower.length() <= MAX_LENGTH) return lower;
        boolean half = Character.isHighSurrogate(lower.charAt(MAX_LENGTH - 1));
        return lower.substring(0, half ? MAX_LENGTH - 1 : MAX_LENGTH);
    }

    /** Numbers by value, 1.2 before 1.10: each gets its number of digits in front. */
    public static String ofWbs(String wbs) {
        Matcher numbers = NUMBER.matcher(wbs);
        return ofName(
                numbers.replaceAll(number ->
                        (char) ('0' + Math.min(number.group(1).length(), 70)) + number.group(1)));
    }
}
