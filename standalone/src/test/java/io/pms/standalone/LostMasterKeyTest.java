package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.embedded.SharedServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The steps of {@code docs/erasure.md}, and what is left on the disk after them. */
class ErasureRunbookTest {
    private static final List<String> PERSONAL =
            List.of("Ann Example", "ann example", "ann@example.org", "I was there", "still here");

    private final Path data = SharedServers.temporary("erasure").resolve("data");

    @Test
    void itsStepsAnswerWhatTheySayAndNothingPersonalIsLeftInTheDatabaseOrInLogs() throws Exception {
        ShownCommands steps = new ShownCommands("docs/erasure.md", "steps");
        int port = PmsProcess.freePort();
        try (PmsProcess platform = PmsProcess.up(data, port)) {
            steps.areAnsweredAsShown(data, port);
        }
        assertThat(clearTexts(data.resolve("mariadb"))).isEmpty();
        assertThat(clearTexts(data.resolve("logs"))).isEmpty();
    }

    private static List<String> clearTexts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(ErasureRunbookTest::clearTextsIn)
                    .toList();
        }
    }

    private static Stream<String> clearTextsIn(Path file) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return PERSONAL.stream().filter(content::contains).map(text -> file + ": " + text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLostMasterKeyKeepsThePlatformFromStartingUntilItIsBack() throws Exception {
        int port = PmsProcess.freePort();
        PmsProcess.up(data, port).close();
        Path key = data.resolve("master.key");
        Path kept = Files.move(key, data.resolveSibling("kept"));
        assertThat(start(port)).contains("bring that file back").endsWith("exit 1");
        assertThat(key).doesNotExist();
        Files.move(kept, key);
        PmsProcess.up(data, port).close();
    }

    private String start(int port) {
        return PmsProcess.start(Map.of(), "up", "--data", data.toString(), "--port", "" + port)
                .await();
    }
}
