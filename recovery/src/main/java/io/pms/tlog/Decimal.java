package io.pms.tlog;

import java.util.regex.Pattern;

/** Numbers from 0 to 2^63 - 1 in ASCII digits, without leading zeroes. */
final class Decimal {
    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,18}");

    private Decimal() {}

    /**
     * @throws IllegalArgumentException when it is something else or larger
     */
    static long parse(String text) {
        if (!DIGITS.matcher(text).matches())
            throw new IllegalArgumentException(
                    FormatException.quote(text)
                            + " is not a decimal number without leading zeroes");
        return Long.parseLong(text);
    }
}
