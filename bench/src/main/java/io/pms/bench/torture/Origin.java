package io.pms.bench.torture;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which attempt an event came from, as its data says.
 *
 * @param index its place in the unit
 * @param of the unit's events
 */
record Origin(String attempt, int index, int of) {
    private static final Pattern DATA =
            Pattern.compile("\\{\"attempt\":\"([^\"]+)\",\"index\":(\\d+),\"of\":(\\d+),.*");

    /**
     * @param fill the inside of a JSON string
     */
    byte[] data(String fill) {
        String json =
                "{\"attempt\":\""
                        + attempt
                        + "\",\"index\":"
                        + index
                        + ",\"of\":"
                        + of
                        + ",\"fill\":\""
                        + fill
                        + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalArgumentException when no writer of ours wrote that
     */
    static Origin of(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Matcher matcher = DATA.matcher(text);
        if (!matcher.matches()) throw new IllegalArgumentException("not of a writer: " + text);
        return new Origin(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }
}
