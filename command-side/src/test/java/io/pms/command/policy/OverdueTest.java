package io.pms.command.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.command.CommandServer;
import io.pms.command.project.ProjectCommand.ArchiveProject;
import io.pms.command.task.TaskCommand.CloseTask;
import io.pms.command.task.TaskCommand.FlagTaskOverdue;
import io.pms.command.task.TaskCommand.ReopenTask;
import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.log.EventLog;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task that is overdue, from its creation to its flag, on a real log. */
class OverdueTest {
    private static final TestClock CLOCK = new TestClock();

    private static SharedServers.Database database;
    private static CommandServer server;

    private Tasks tasks;

    @BeforeAll
    static void start() {
        database = SharedServers.freshDatabase();
        server = server();
    }

    private static CommandServer server() {
        return new CommandServer(
                database.ownerUrl(), database.applicationUrl(), CLOCK, UnaryOperator.identity());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void freshProject() {
        tasks = new Tasks(database, server, CLOCK);
    }

    @Test
    void isFlaggedOnceAtTheTurnOfTheDayAfterItsPlannedFinish() {
        LocalDateTime finish = CLOCK.finish(1);
        String task = tasks.created(finish);
        tasks.days(1);
        assertThat(tasks.flagged(task)).isEmpty();
        tasks.days(1);
        String flag = finish + " on " + CLOCK.today();
        assertThat(tasks.flagged(task)).containsExactly(flag);
        tasks.days(40);
        assertThat(tasks.flagged(task)).containsExactly(flag);
        assertThat(tasks.deadlines()).isZero();
    }

    @Test
    void isFlaggedByThePolicyForTheOrganisationBecauseOfTheEventThatPlannedIt() {
        String task = tasks.created(CLOCK.finish(0));
        tasks.days(1);
        Entry created = server.bean(EventLog.class).readStream(task, 0, 1).getFirst();
        Entry flag = tasks.flags(task).getFirst();
        assertThat(flag.tenant()).isEqualTo(Tasks.TENANT);
        assertThat(flag.actor()).isEqualTo("policy:overdue");
        assertThat(flag.causationId()).isEqualTo(created.id());
    }

    /**
     * As when an old plan is imported: it creates tasks that are late and says later what became of
     * them.
     */
    @Test
    void isLeftAloneUntilTheDayTurnsWhenItWasLateFromTheBeginning() {
        List<String> plan =
                IntStream.range(0, 60)
                        .mapToObj(i -> tasks.created(CLOCK.finish(-400 + i)))
                        .toList();
        tasks.settle();
        assertThat(plan).allMatch(task -> tasks.flagged(task).isEmpty());
        plan.subList(0, 30).forEach(task -> tasks.move(task, "Done"));
        tasks.days(1);
        assertThat(plan.subList(0, 30)).allMatch(task -> tasks.flagged(task).isEmpty());
        assertThat(plan.subList(30, 60)).allMatch(task -> tasks.flagged(task).size() == 1);
        assertThat(tasks.deadlines()).isZero();
    }

    @Test
    void isNotFlaggedWhenItWasFinishedClosedReplannedOrOnlyGroupsOthers() {
        String done = tasks.created(CLOCK.finish(1));
        String closed = tasks.created(CLOCK.finish(1));
        String postponed = tasks.created(CLOCK.finish(1));
        String open = tasks.created(CLOCK.finish(1));
        String summary = tasks.created(CLOCK.finish(1), true);
        String replannedSummary = tasks.created(null, true);
        tasks.settle();
        tasks.move(done, "Done");
        tasks.dispatch(new CloseTask(closed));
        tasks.replan(postponed, CLOCK.finish(90));
        tasks.replan(open, null);
        tasks.replan(replannedSummary, CLOCK.finish(1));
        tasks.days(3);
        for (String task : List.of(done, closed, postponed, open, summary, replannedSummary))
            assertThat(tasks.flagged(task)).isEmpty();
        assertThat(tasks.deadlines()).isEqualTo(1);
        tasks.move(postponed, "Done");
    }

    @Test
    void isFlaggedAgainWhenItWasReplannedAndThatPassesToo() {
        LocalDateTime first = CLOCK.finish(0);
        String task = tasks.created(first);
        tasks.days(1);
        LocalDateTime second = CLOCK.finish(2);
        tasks.replan(task, second);
        tasks.days(2);
        assertThat(tasks.flagged(task)).hasSize(1);
        tasks.days(1);
        assertThat(tasks.flagged(task))
                .containsExactly(
                        first + " on " + first.toLocalDate().plusDays(1),
                        second + " on " + second.toLocalDate().plusDays(1));
    }

    @Test
    void isFlaggedAtTheNextTurnWhenItWasReopenedTooLate() {
        String done = tasks.created(CLOCK.finish(0));
        String closed = tasks.created(CLOCK.finish(0));
        tasks.move(done, "Done");
        tasks.dispatch(new CloseTask(closed));
        tasks.days(5);
        tasks.move(done, "In progress");
        tasks.dispatch(new ReopenTask(closed));
        tasks.settle();
        assertThat(tasks.flagged(done)).isEmpty();
        tasks.days(1);
        assertThat(tasks.flagged(done)).hasSize(1);
        assertThat(tasks.flagged(closed)).hasSize(1);
        tasks.dispatch(new CloseTask(closed));
        tasks.dispatch(new ReopenTask(closed));
        tasks.days(1);
        assertThat(tasks.flagged(closed)).as("once for a planned finish").hasSize(1);
    }

    @Test
    void isNotFlaggedByThePolicyWhenSomebodyElseHasDoneIt() {
        LocalDateTime finish = CLOCK.finish(-1);
        String task = tasks.created(finish);
        tasks.dispatch(new FlagTaskOverdue(task, finish, CLOCK.today()));
        tasks.settle();
        assertThat(tasks.deadlines()).isZero();
        tasks.days(1);
        assertThat(tasks.flags(task)).hasSize(1);
        assertThat(tasks.flags(task).getFirst().actor()).isEqualTo("ann");
    }

    @Test
    void isGivenUpWhenItsProjectIsArchived() {
        String task = tasks.created(CLOCK.finish(0));
        tasks.dispatch(new ArchiveProject(tasks.project));
        tasks.days(1);
        assertThat(tasks.flagged(task)).isEmpty();
        assertThat(tasks.deadlines()).isZero();
    }

    @Test
    void isFlaggedOnceAlsoWhenEverythingIsHandledAgain() {
        String flagged = tasks.created(CLOCK.finish(0));
        tasks.days(1);
        String planned = tasks.created(CLOCK.finish(0));
        tasks.settle();
        StreamingEventProcessor processor =
                server.bean(EventProcessingConfiguration.class)
                        .eventProcessor("0/overdue", StreamingEventProcessor.class)
                        .orElseThrow();
        processor.shutDown();
        processor.resetTokens();
        processor.start();
        await().until(() -> processor.processingStatus().size() == 4);
        tasks.settle();
        assertThat(tasks.deadlines()).isEqualTo(1);
        tasks.days(1);
        assertThat(tasks.flagged(flagged)).hasSize(1);
        assertThat(tasks.flagged(planned)).hasSize(1);
    }

    @Test
    void isFlaggedOnceWhenTwoProcessesWatch() {
        try (CommandServer other = server()) {
            tasks.alsoWatchedBy(other);
            List<String> many =
                    IntStream.range(0, 50)
                            .mapToObj(i -> tasks.created(CLOCK.finish(i % 3)))
                            .toList();
            for (int day = 0; day < 4; day++) tasks.days(1);
            assertThat(many).allMatch(task -> tasks.flagged(task).size() == 1);
        }
    }
}
