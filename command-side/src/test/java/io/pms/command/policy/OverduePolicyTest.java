package io.pms.command.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.command.Accepted;
import io.pms.command.BusinessDay;
import io.pms.command.CommandRequest;
import io.pms.command.Commands;
import io.pms.command.policy.OverduePolicy.Watched;
import io.pms.command.task.TaskCommand.FlagTaskOverdue;
import io.pms.http.Problem;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What it does when a deadline has come. */
class OverduePolicyTest {
    private static final LocalDateTime FINISH = LocalDateTime.parse("2026-11-20T17:00");
    private static final Watched WATCHED = new Watched("acme", "task", FINISH, "event");

    private final TestClock clock =
            new TestClock(
                    FINISH.toLocalDate().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    private final Answering commands = new Answering();
    private final OverduePolicy policy =
            new OverduePolicy(null, null, new BusinessDay(clock, ZoneOffset.UTC), commands);

    /** Accepts commands, or fails them as it is told to. */
    private static final class Answering implements Commands {
        final List<CommandRequest> requests = new ArrayList<>();
        @Nullable RuntimeException failure;

        @Override
        public CompletableFuture<Accepted> dispatch(CommandRequest request) {
            requests.add(request);
            return failure == null
                    ? CompletableFuture.completedFuture(new Accepted("task", 1, 1, false))
                    : CompletableFuture.failedFuture(failure);
        }
    }

    private static Problem problem(int status) {
        return new Problem(status, "kind", "title", "detail");
    }

    @Test
    void asksForTheFlagWithAKeyThatFollowsFromTheCause() {
        assertThat(policy.due(WATCHED)).isNull();
        CommandRequest request = commands.requests.getFirst();
        assertThat(request.command())
                .isEqualTo(new FlagTaskOverdue("task", FINISH, FINISH.toLocalDate().plusDays(1)));
        assertThat(request.idempotencyKey()).isEqualTo("policy:overdue:event");
    }

    @Test
    void comesAgainWhenTheDayHasNotTurnedAfterAll() {
        clock.pass(Duration.ofMillis(-1));
        assertThat(policy.due(WATCHED)).isEqualTo("2026-11-21T00:00:00Z");
        assertThat(commands.requests).isEmpty();
    }

    @Test
    void failsWhenItMayWorkLaterSoThatItIsTriedAgain() {
        for (RuntimeException failure :
                List.of(
                        problem(503),
                        problem(409).retryAfter(1),
                        problem(500),
                        new IllegalStateException())) {
            commands.failure = failure;
            assertThatThrownBy(() -> policy.due(WATCHED)).hasRootCause(failure);
        }
    }

    @Test
    void isDoneWhenTheRulesSayNo() {
        for (int status : new int[] {404, 422}) {
            commands.failure = problem(status);
            assertThat(policy.due(WATCHED)).isNull();
        }
    }
}
