package io.pms.command.policy;

import static org.awaitility.Awaitility.await;

import io.pms.command.Accepted;
import io.pms.command.Command;
import io.pms.command.CommandRequest;
import io.pms.command.CommandServer;
import io.pms.command.Commands;
import io.pms.command.project.ProjectCommand.CreateProject;
import io.pms.command.task.TaskCommand.ChangeTaskStatus;
import io.pms.command.task.TaskCommand.CreateTask;
import io.pms.command.task.TaskCommand.ReplanTask;
import io.pms.embedded.SharedServers;
import io.pms.entry.Entry;
import io.pms.event.TaskPlan;
import io.pms.log.EventLog;
import io.pms.log.policy.Policies;
import io.pms.log.policy.PolicyStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tasks of one project, in a server whose policies follow a test's clock. */
final class Tasks {
    static final String TENANT = "acme";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SEGMENTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final SharedServers.Database database;
    private final CommandServer server;
    private final List<CommandServer> watching = new ArrayList<>();
    private final TestClock clock;
    final String project = UUID.randomUUID().toString();

    Tasks(SharedServers.Database database, CommandServer server, TestClock clock) {
        this.database = database;
        this.server = server;
        this.watching.add(server);
        this.clock = clock;
        dispatch(new CreateProject(project, "Bridge", null));
    }

    /** There is another process whose policies watch, until the end of the test. */
    void alsoWatchedBy(CommandServer other) {
        watching.add(other);
    }

    Accepted dispatch(Command command) {
        return server.bean(Commands.class)
                .dispatch(
                        new CommandRequest(
                                command, TENANT, "ann", null, null, null, null, null, Map.of(),
                                null))
                .join();
    }

    static TaskPlan plan(LocalDateTime finish) {
        return new TaskPlan(null, finish, null, null, null, List.of());
    }

    String created(LocalDateTime finish) {
        return created(finish, false);
    }

    String created(LocalDateTime finish, boolean summary) {
        String id = UUID.randomUUID().toString();
        dispatch(
                new CreateTask(
                        id, project, "Dig", null, null, summary, null, plan(finish), List.of()));
        return id;
    }

    void replan(String task, LocalDateTime finish) {
        dispatch(new ReplanTask(task, null, plan(finish)));
    }

    void move(String task, String status) {
        dispatch(new ChangeTaskStatus(task, status, List.of()));
    }

    /** Days pass, and everything is done that there is to do then. */
    void days(int days) {
        settle();
        clock.days(days);
        settle();
    }

    /** Until policies have handled every event, and no deadline is left that has come. */
    void settle() {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> isAllHandled() && dueDeadlines() == 0);
    }

    /** A process that has no segment knows nothing of those that others have, or nobody. */
    private boolean isAllHandled() {
        List<PolicyStatus> all = watching.stream().map(Tasks::status).toList();
        return all.stream().mapToInt(PolicyStatus::segments).sum() == SEGMENTS
                && all.stream().allMatch(status -> status.lag() == 0);
    }

    private static PolicyStatus status(CommandServer at) {
        return at.bean(Policies.class).status().getFirst();
    }

    private long dueDeadlines() {
        String now = clock.instant().toString().replace('T', ' ').replace("Z", "");
        return count(
                database,
                "SELECT COUNT(*) FROM policy_deadline WHERE execution_time <= '" + now + "'");
    }

    long deadlines() {
        return count(database, "SELECT COUNT(*) FROM policy_deadline");
    }

    static long count(SharedServers.Database database, String sql) {
        try (Connection connection = DriverManager.getConnection(database.ownerUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The entries that say that the task is overdue. */
    List<Entry> flags(String task) {
        return server.bean(EventLog.class).readStream(task, 0, 100).stream()
                .filter(entry -> entry.type().equals("pms.task.TaskFlaggedOverdue.v1"))
                .toList();
    }

    /** Planned finish and business date of each flag. */
    List<String> flagged(String task) {
        return flags(task).stream()
                .map(entry -> JSON.readTree(entry.data()))
                .map(Tasks::inShort)
                .toList();
    }

    private static String inShort(JsonNode flag) {
        return flag.path("plannedFinish").asString()
                + " on "
                + flag.path("businessDate").asString();
    }
}
