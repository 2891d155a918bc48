package io.pms.command;

import io.pms.command.Refused.Rule;
import io.pms.entry.BinaryId;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bounds of what a command may say. Each refuses with the member's name and the bound. */
public final class Bounds {
    /** Names are shown in lists. */
    public static final int MAX_NAME = 500;

    /**
     * A comment and everything around it must fit an entry of 65,535 bytes, at four bytes a
     * character.
     */
    public static final int MAX_TEXT = 10_000;

    public static final int MAX_ASSIGNEES = 100;
    public static final int MAX_PREDECESSORS = 500;
    public static final int MAX_WBS = 200;

    /** Every status change looks at the workflow; real ones have a few dozen states. */
    public static final int MAX_STATES = 200;

    public static final int MAX_TRANSITIONS = 5_000;

    /** Sums of amounts are kept as integers of this many decimals. */
    public static final int MAX_DECIMALS = 4;

    /** With four decimals the sum of 90,000 of them fits 64 bits. */
    public static final BigDecimal MAX_AMOUNT = new BigDecimal("10000000000");

    /** A few characters can name a number with a billion digits, which nobody may write out. */
    private static final int MAX_SCALE = 100;

    private static final int MAX_YEAR = 9999;

    /** What an id of a person is, as a regular expression. */
    public static final String PERSON_PATTERN = "[A-Za-z0-9._@:-]{1,64}";

    private static final Pattern PERSON = Pattern.compile(PERSON_PATTERN);

    private Bounds() {}

    public static void requireId(String member, String id) {
        if (BinaryId.uuid(id) == null)
            throw invalid(member, "is not a UUID in lower case: " + shortened(id));
    }

    public static boolean isPerson(String id) {
        return PERSON.matcher(id).matches();
    }

    public static void requirePerson(String member, String id) {
        if (!isPerson(id))
            throw invalid(
                    member,
                    "is not a person's id (1 to 64 of A-Z a-z 0-9 . _ @ : -): " + shortened(id));
    }

    public static void requireName(String member, String name) {
        requireText(member, name, MAX_NAME);
    }

    public static void requireText(String member, String text, int max) {
        if (text.isBlank()) throw invalid(member, "is blank");
        requireShort(member, text, max);
    }

    /** At most so many characters, as people count them and not as Java does. */
    public static void requireShort(String member, String text, int max) {
        int length = text.codePointCount(0, text.length());
        if (length > max)
            throw invalid(member, "has " + length + " characters; at most " + max + " are allowed");
    }

    /** Of the years that four digits can say. */
    public static void requireTime(String member, @Nullable LocalDateTime time) {
        if (time != null && (time.getYear() < 0 || time.getYear() > MAX_YEAR))
            throw invalid(member, "is not in the years 0000 to " + MAX_YEAR + ": " + time);
    }

    public static void requireAmount(
            String member, @Nullable BigDecimal amount, boolean mayBeNegative) {
        if (amount == null) return;
        requireWritable(member, amount);
        if (amount.stripTrailingZeros().scale() > MAX_DECIMALS)
            throw invalid(
                    member,
                    "has more than " + MAX_DECIMALS + " decimals: " + amount.toPlainString());
        if (amount.abs().compareTo(MAX_AMOUNT) > 0)
            throw invalid(member, "is beyond " + MAX_AMOUNT.toPlainString());
        if (!mayBeNegative && amount.signum() < 0)
            throw invalid(member, "is negative: " + amount.toPlainString());
    }

    /** Before anything is said about a number, or it is stored: it has few digits. */
    public static void requireWritable(String member, BigDecimal number) {
        if (number.scale() > MAX_SCALE || number.scale() < -MAX_SCALE)
            throw invalid(member, "has an exponent beyond " + MAX_SCALE + ": " + number);
    }

    public static <T> void requireFew(String member, List<T> list, int max) {
        if (list.size() > max)
            throw invalid(
                    member, "has " + list.size() + " members; at most " + max + " are allowed");
        if (list.stream().distinct().count() != list.size())
            throw invalid(member, "lists something twice");
    }

    public static Refused invalid(String member, String what) {
        return new Refused(Rule.INVALID_VALUE, member + " " + what);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
