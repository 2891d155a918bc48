package io.pms.bench;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results for people and for programs. */
final class Report {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Report() {}

    /** A line for each comparison; the ratio is the median, with the extremes of all rounds. */
    static String table(List<Line> lines) {
        StringBuilder table = new StringBuilder();
        String format = format(lines);
        row(
                table,
                format,
                "server",
                "case",
                "clients",
                "peer",
                "ours",
                "peer's",
                "unit",
                "ratio (min – max)");
        for (Line line : lines)
            row(
                    table,
                    format,
                    line.server(),
                    line.caseName(),
                    line.clients(),
                    line.peer(),
                    number(line.value()),
                    number(line.peerValue()),
                    line.unit(),
                    ratio(line.ratio()));
        return table.toString();
    }

    /** The names of cases have the room that they need. */
    private static String format(List<Line> lines) {
        int width = lines.stream().mapToInt(line -> line.caseName().length()).max().orElse(1);
        return "%-8s %-" + width + "s %7s  %-16s %11s %11s  %-15s %s%n";
    }

    private static void row(StringBuilder table, String format, Object... cells) {
        table.append(String.format(Locale.ROOT, format, cells));
    }

    private static String ratio(Ratios ratio) {
        return String.format(
                Locale.ROOT, "%.2f (%.2f – %.2f)", ratio.median(), ratio.min(), ratio.max());
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%,.2f" : "%,.0f", value);
    }

    /** An array of objects with the names of {@link Line}. */
    static String json(List<Line> lines) {
        return JSON.writeValueAsString(lines) + "\n";
    }
}
