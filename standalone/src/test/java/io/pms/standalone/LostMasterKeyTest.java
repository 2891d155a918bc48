package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.embedded.SharedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostMasterKeyTest {
    private final Path data = SharedServers.temporary("master-key").resolve("data");

    @Test
    void keepsThePlatformFromStartingUntilItIsBack() throws Exception {
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
