package io.pms.standalone;

import io.pms.embedded.SharedServers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs what the README shows, as a reader would, and compares what it says is answered. */
class TourTest {
    @Test
    void theReadmesTourAnswersWhatItSays() {
        ShownCommands tour = new ShownCommands("README.md", "tour");
        int port = PmsProcess.freePort();
        Path data = SharedServers.temporary("tour").resolve("data");
        try (PmsProcess platform = PmsProcess.up(data, port);
                Shell shell = new Shell(port, Map.of("data", data.toString()))) {
            tour.areAnsweredAsShown(shell);
        }
    }
}
