package io.pms.command.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.command.CommandServer;
import io.pms.embedded.SharedServers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OverdueAfterADeathTest {
    private static final String FLAGS =
            "SELECT COUNT(*) FROM event WHERE type = 'pms.task.TaskFlaggedOverdue.v1'";
    private static final String PICKED = "SELECT COUNT(*) FROM policy_deadline WHERE picked";

    @Test
    void isFlaggedOnceAlsoWhenAProcessIsKilledBetweenTheCommandAndItsCompletion() {
        SharedServers.Database database = SharedServers.freshDatabase();
        TestClock clock = new TestClock();
        DyingProcess.run(database, clock);
        assertThat(Tasks.count(database, FLAGS)).isEqualTo(1);
        assertThat(Tasks.count(database, PICKED)).isEqualTo(1);
        clock.days(1);
        clock.pass(Duration.ofMinutes(1));
        try (CommandServer next =
                new CommandServer(
                        database.ownerUrl(),
                        database.applicationUrl(),
                        clock,
                        UnaryOperator.identity())) {
            Tasks tasks = new Tasks(database, next, clock);
            tasks.days(1);
            assertThat(tasks.deadlines()).isZero();
        }
        assertThat(Tasks.count(database, FLAGS)).isEqualTo(1);
    }
}
