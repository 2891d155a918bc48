package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskCommandsTest {
    private FakePlatform platform;
    private TaskCommands commands;

    @BeforeEach
    void start() throws IOException {
        platform = new FakePlatform();
        commands = new TaskCommands(platform.url());
    }

    @AfterEach
    void stop() {
        commands.close();
        platform.close();
    }

    @Test
    void createsATaskThenMovesIt() throws Exception {
        commands.createProject();
        for (int i = 0; i < 4; i++) commands.send();
        assertThat(platform.paths())
                .containsExactly(
                        "/api/commands/CreateProject",
                        "/api/commands/CreateTask",
                        "/api/commands/ChangeTaskStatus",
                        "/api/commands/CreateTask",
                        "/api/commands/ChangeTaskStatus");
        assertThat(platform.asked)
                .extracting(FakePlatform.Asked::idempotencyKey)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void seesATaskAsItIsBehindAMove() throws Exception {
        platform.answer(asked -> "{\"status\":\"In progress\"}");
        String task = commands.createTask();
        long position = commands.move(task, "In progress");
        commands.see(task, position, "In progress");
        assertThat(position).isEqualTo(1);
        assertThat(platform.asked.getLast().path()).isEqualTo("/api/tasks/" + task);
        assertThat(platform.asked.getLast().minPosition()).isEqualTo("1");
    }

    @Test
    void failsWhenWhatIsSeenIsOlder() {
        platform.answer(asked -> "{\"status\":\"To do\"}");
        assertThatThrownBy(() -> commands.see("t", 1, "In progress"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("To do");
    }

    @Test
    void failsWhenACommandIsRefused() {
        platform.refuse(503);
        assertThatThrownBy(commands::send)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CreateTask was answered 503");
    }
}
