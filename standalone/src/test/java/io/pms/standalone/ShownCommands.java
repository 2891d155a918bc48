package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a document shows a reader to type, and the answers that it promises. */
final class ShownCommands {
    private final StringBuilder script = new StringBuilder("set -eu\n");
    private final List<String> expected = new ArrayList<>();
    private final Path root = Path.of("").toAbsolutePath().getParent();

    /**
     * @param document from the project's folder
     * @param mark what follows the language of the blocks that count
     */
    ShownCommands(String document, String mark) throws Exception {
        Pattern block = Pattern.compile("```(bash|text) " + mark + "\n(.*?)```", Pattern.DOTALL);
        Matcher blocks = block.matcher(Files.readString(root.resolve(document)));
        while (blocks.find())
            if (blocks.group(1).equals("bash")) script.append(blocks.group(2));
            else expected.addAll(blocks.group(2).lines().toList());
        assertThat(expected).isNotEmpty();
    }

    /** Runs them as a reader would, against the platform at this port. */
    void areAnsweredAsShown(Path data, int port) throws Exception {
        List<String> answers = run(data, port);
        assertThat(answers).hasSameSizeAs(expected);
        for (int i = 0; i < answers.size(); i++)
            assertThat(answers.get(i)).matches(pattern(expected.get(i)));
    }

    /** In a shell of its own, where {@code ./pms} is the program under test. */
    private List<String> run(Path data, int port) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String program =
                "pms_program() { '"
                        + java
                        + "' -cp \"$PMS_CLASS_PATH\" "
                        + Pms.class.getName()
                        + " \"$@\"; }\n";
        String shell =
                program
                        + script.toString()
                                .replace("http://127.0.0.1:3000", "http://127.0.0.1:" + port)
                                .replace("http://127.0.0.1:3001", "http://127.0.0.1:" + (port + 1))
                                .replace("./pms ", "pms_program ");
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", shell)
                        .directory(root.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PMS_CLASS_PATH", System.getProperty("java.class.path"));
        builder.environment().put("data", data.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    /** An ellipsis stands for anything. */
    private static String pattern(String line) {
        return List.of(line.split("…", -1)).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }
}
