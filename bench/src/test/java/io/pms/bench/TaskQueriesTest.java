package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskQueriesTest {
    private FakePlatform platform;
    private TaskQueries queries;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
        queries = new TaskQueries(platform.url(), "acme", 1, new TaskHistory.Shape(1, 1, 2));
    }

    @AfterEach
    void stop() {
        queries.close();
        platform.close();
    }

    @Test
    void asksForWhatTheHistoryHasMade() throws Exception {
        queries.byId();
        queries.project();
        assertThat(platform.asked)
                .extracting(asked -> asked.tenant() + " " + asked.path())
                .containsExactly(
                        "acme /api/tasks/" + TaskHistory.taskId("acme", 0),
                        "acme /api/projects/" + TaskHistory.projectId("acme", 0));
    }

    @Test
    void leavesNoPlaceholderInAPage() throws Exception {
        for (int i = 0; i < 50; i++) queries.page();
        assertThat(platform.paths())
                .allMatch(path -> path.startsWith("/api/tasks?"))
                .noneMatch(path -> path.contains("PROJECT") || path.contains("PERSON"));
    }

    @Test
    void failsWhenTooManyPagesAreEmpty() throws Exception {
        for (int i = 0; i < 8; i++) queries.page();
        platform.answer(asked -> "{\"items\":[],\"total\":0}");
        for (int i = 0; i < 2; i++) queries.page();
        assertThatCode(queries::requireFullPages).doesNotThrowAnyException();
        queries.page();
        assertThatThrownBy(queries::requireFullPages).hasMessageContaining("3 of 11 pages");
    }
}
