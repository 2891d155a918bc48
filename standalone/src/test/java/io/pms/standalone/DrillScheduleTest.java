package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.archive.ArchiveStatus;
import io.pms.embedded.SharedServers;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.recovery.DrillHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillScheduleTest {
    @Test
    void drillsBelieveTheKeysOfTheProcessAndNotThoseThatTheArchiveNames() {
        String place = "file:" + SharedServers.temporary("schedule");
        try (ObjectStore store = ObjectStore.open(place, ObjectStoreSettings.defaults())) {
            DrillSchedule schedule =
                    new DrillSchedule(
                            new DrillHistory(store),
                            new ArchiveStatus(InstantSource.system()),
                            Duration.ofDays(1),
                            3000,
                            Path.of("living"),
                            () -> List.of("new", "old"));
            assertThat(schedule.arguments())
                    .containsExactly(
                            "drill",
                            "--url",
                            "http://127.0.0.1:3000",
                            "--data",
                            "living",
                            "--key",
                            "new",
                            "--key",
                            "old");
        }
    }
}
