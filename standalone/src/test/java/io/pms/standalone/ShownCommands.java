package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a document shows a reader to type, and the answers that it promises. */
final class ShownCommands {
    private final StringBuilder script = new StringBuilder();
    private final List<String> expected = new ArrayList<>();

    /**
     * @param document from the project's folder
     * @param mark what follows the language of the blocks that count
     */
    ShownCommands(String document, String mark) {
        Pattern block = Pattern.compile("```(bash|text) " + mark + "\n(.*?)```", Pattern.DOTALL);
        Matcher blocks = block.matcher(read(document));
        while (blocks.find())
            if (blocks.group(1).equals("bash")) script.append(blocks.group(2));
            else expected.addAll(blocks.group(2).lines().toList());
        assertThat(script).isNotEmpty();
    }

    private static String read(String document) {
        try {
            return Files.readString(Path.of("").toAbsolutePath().getParent().resolve(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types them as a reader would. */
    void areAnsweredAsShown(Shell shell) {
        List<String> answers = shell.run(script.toString());
        assertThat(answers).hasSameSizeAs(expected);
        for (int i = 0; i < answers.size(); i++)
            assertThat(answers.get(i)).matches(pattern(expected.get(i)));
    }

    /** An ellipsis stands for anything. */
    private static String pattern(String line) {
        return List.of(line.split("…", -1)).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }
}
