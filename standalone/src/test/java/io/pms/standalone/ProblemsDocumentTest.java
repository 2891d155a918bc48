package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.command.Refused.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What programs are told to rely on is what the code says. */
class ProblemsDocumentTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

    /** The status may be a choice; the kind is the first word in quotes after it. */
    private static final Pattern KIND =
            Pattern.compile(
                    "new Problem\\(\\s*[^\",]+,\\s*(?:\\w+ \\? )?\"([a-z-]+)\"(?: : \"([a-z-]+)\")?");

    @Test
    void listsEveryKindThatTheCodeAnswersWith() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(ROOT.resolve("docs/problems.md")));
        while (rows.find()) documented.add(rows.group(1));
        Set<String> answered = new TreeSet<>();
        for (Rule rule : Rule.values())
            answered.add(rule.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            for (Path file :
                    (Iterable<Path>) files.filter(ProblemsDocumentTest::isSource)::iterator)
                collect(Files.readString(file), answered);
        }
        assertThat(answered).hasSizeGreaterThan(30);
        assertThat(documented).containsAll(answered);
    }

    private static boolean isSource(Path file) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        return path.matches("[a-z-]+/src/main/java/.*\\.java");
    }

    private static void collect(String source, Set<String> kinds) {
        Matcher matcher = KIND.matcher(source);
        while (matcher.find())
            for (int group = 1; group <= 2; group++)
                if (matcher.group(group) != null) kinds.add(matcher.group(group));
    }
}
