package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebuildingTest {
    private static final String BUILDING =
            "{\"name\":\"tasks\",\"size\":9,\"position\":5,\"complete\":true,\"building\":{}}";
    private static final String AT_REST =
            "{\"name\":\"people\",\"size\":9,\"position\":8,\"complete\":true,\"building\":null}";

    private FakePlatform platform;
    private PlatformClient client;
    private PlatformProjections projections;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
        client = new PlatformClient(platform.url(), "acme");
        projections = new PlatformProjections(client);
    }

    @AfterEach
    void stop() {
        client.close();
        platform.close();
    }

    @Test
    void tellsWhatIsBeingBuiltAndWhatHasCaughtUp() throws Exception {
        answer(BUILDING + "," + AT_REST);
        assertThat(projections.statuses())
                .containsExactly(
                        new PlatformProjections.Status("tasks", false, true),
                        new PlatformProjections.Status("people", true, false));
    }

    @Test
    void beginsWhatIsNotBeingBuilt() throws Exception {
        answer(BUILDING + "," + AT_REST);
        new Rebuilding(projections).close();
        assertThat(platform.paths())
                .startsWith("/api/projections", "/api/projections/people/rebuild");
        assertThat(platform.paths()).doesNotContain("/api/projections/tasks/rebuild");
    }

    @Test
    void failsWhenNothingIsBeingBuilt() throws Exception {
        answer(AT_REST);
        Rebuilding rebuilding = new Rebuilding(projections);
        CountDownLatch looks = new CountDownLatch(2);
        platform.answer(asked -> {
            looks.countDown();
            return "{\"items\":[" + AT_REST + "]}";
        });
        looks.await();
        assertThatThrownBy(rebuilding::close).hasMessageContaining("nothing was being built");
    }

    private void answer(String items) {
        platform.answer(asked -> "{\"items\":[" + items + "]}");
    }
}
