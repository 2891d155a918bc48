package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VisibilityTest {
    private volatile String status = "";

    @Test
    void asksForWhatWasAcknowledgedThenAgainThenCommits() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        try (FakePlatform platform = new FakePlatform();
                TaskCommands commands = new TaskCommands(platform.url())) {
            platform.answer(asked -> asked.method().equals("POST") ? moved(asked) : status);
            Visibility visibility =
                    new Visibility(
                            commands,
                            List.of("a", "b"),
                            commits::incrementAndGet,
                            Budget.ofSeconds(0.3));
            Outcome outcome = visibility.round();
            assertThat(platform.paths())
                    .startsWith(
                            "/api/commands/ChangeTaskStatus",
                            "/api/tasks/a",
                            "/api/tasks/a",
                            "/api/commands/ChangeTaskStatus",
                            "/api/tasks/b",
                            "/api/tasks/b");
            assertThat(platform.asked)
                    .extracting(FakePlatform.Asked::minPosition)
                    .startsWith(null, "0", "0", null, "3", "3");
            assertThat(commits).hasValue(platform.asked.size() / 3);
            assertThat(outcome.get(Measure.P99)).isGreaterThanOrEqualTo(outcome.get(Measure.P50));
            assertThat(outcome.get(Measure.WAIT_P50)).isBetween(0.01, outcome.get(Measure.P50));
            assertThat(visibility.query().get(Measure.P50)).isPositive();
            assertThat(visibility.commit().get(Measure.COMMIT_P50)).isPositive();
        }
    }

    /** What commands say is what queries show. */
    private String moved(FakePlatform.Asked command) {
        String name = command.body().contains("In progress") ? "In progress" : "To do";
        status = "{\"status\":\"" + name + "\"}";
        return "{}";
    }
}
