package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.embedded.SharedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs what the README shows, as a reader would, and compares what it says is answered. */
class TourTest {
    private static final Pattern BLOCK =
            Pattern.compile("```(bash|text) tour\n(.*?)```", Pattern.DOTALL);

    @Test
    void theReadmesTourAnswersWhatItSays() throws Exception {
        Path root = Path.of("").toAbsolutePath().getParent();
        String readme = Files.readString(root.resolve("README.md"));
        int port = PmsProcess.freePort();
        List<String> expected = new ArrayList<>();
        StringBuilder script = new StringBuilder("set -eu\n");
        Matcher blocks = BLOCK.matcher(readme);
        while (blocks.find())
            if (blocks.group(1).equals("bash")) script.append(blocks.group(2));
            else expected.addAll(blocks.group(2).lines().toList());
        assertThat(expected).isNotEmpty();
        Path data = SharedServers.temporary("tour").resolve("data");
        try (PmsProcess platform = PmsProcess.up(data, port)) {
            List<String> answers = run(root, script.toString(), port);
            assertThat(answers).hasSameSizeAs(expected);
            for (int i = 0; i < answers.size(); i++)
                assertThat(answers.get(i)).matches(pattern(expected.get(i)));
        }
    }

    /** In a shell of its own, where {@code ./pms} is the program under test. */
    private static List<String> run(Path root, String script, int port) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String program =
                "pms_program() { '"
                        + java
                        + "' -cp \"$PMS_CLASS_PATH\" "
                        + Pms.class.getName()
                        + " \"$@\"; }\n";
        String shell =
                program
                        + script.replace("http://127.0.0.1:3000", "http://127.0.0.1:" + port)
                                .replace("./pms ", "pms_program ");
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-c", shell)
                        .directory(root.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PMS_CLASS_PATH", System.getProperty("java.class.path"));
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
