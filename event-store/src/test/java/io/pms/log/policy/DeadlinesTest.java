package io.pms.log.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class DeadlinesTest {
    private static final String POLICY = "remind";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ROWS = "SELECT task_instance FROM policy_deadline ORDER BY 1";

    private final TestClock clock = new TestClock();
    private final SharedServers.Database server = SharedServers.freshDatabase();
    private final List<String> called = Collections.synchronizedList(new ArrayList<>());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PolicyFailures failures = new PolicyFailures(meters);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private DatabaseUrl url;
    private Deadlines deadlines;

    record Note(String text) {}

    /** A policy that notes what it is woken for, and does what a test says. */
    private record Reminder(List<String> called, Function<Note, Instant> act)
            implements DeadlineHandler<Note> {
        @Override
        public String policy() {
            return POLICY;
        }

        @Override
        public Class<Note> dataType() {
            return Note.class;
        }

        @Override
        public Instant due(Note note) {
            called.add(note.text());
            return act.apply(note);
        }
    }

    @BeforeEach
    void migrate() {
        url = PolicyRig.migrated(server);
        deadlines = new Deadlines(database(0), new PolicyNames(0));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) each.close();
    }

    private PolicyDatabase database(int logId) {
        PolicyDatabase database = new PolicyDatabase(url, logId);
        opened.add(database);
        return database;
    }

    /** A process of a log, whose policy does this with what is due. */
    private void process(int logId, Function<Note, Instant> act) {
        DeadlineScheduler scheduler =
                new DeadlineScheduler(
                        database(logId),
                        new PolicyNames(logId),
                        List.of(new Reminder(called, act)),
                        failures,
                        clock,
                        Duration.ofMillis(20));
        scheduler.start();
        opened.add(scheduler::stop);
    }

    private void process() {
        process(0, note -> null);
    }

    private void set(String subject, Duration time, String text) {
        deadlines.set(POLICY, subject, clock.in(time), new Note(text));
    }

    private void awaitCalls(String... texts) {
        awaitWhileTimePasses(() -> called.equals(List.of(texts)));
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    /**
     * Seconds of the clock that the scheduler counts its own pauses by: all together far fewer than
     * what is due in an hour is away.
     */
    private void awaitWhileTimePasses(BooleanSupplier condition) {
        soon().pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    clock.pass(Duration.ofSeconds(1));
                    return condition.getAsBoolean();
                });
    }

    @Test
    void callTheirPolicyWhenTheyHaveComeAndNotBefore() {
        process();
        set("a", HOUR, "one hour");
        set("b", HOUR.multipliedBy(3), "three hours");
        clock.pass(HOUR);
        awaitCalls("one hour");
        clock.pass(HOUR);
        set("c", Duration.ZERO, "at once");
        awaitCalls("one hour", "at once");
        clock.pass(HOUR);
        awaitCalls("one hour", "at once", "three hours");
        soon().until(() -> PolicyRig.query(server, ROWS).isEmpty());
    }

    @Test
    void areMovedAndCancelled() {
        process();
        set("moved", HOUR, "old");
        set("moved", HOUR.multipliedBy(2), "new");
        set("cancelled", HOUR, "cancelled");
        deadlines.cancel(POLICY, "cancelled");
        deadlines.cancel(POLICY, "never set");
        clock.pass(HOUR);
        set("mark", Duration.ZERO, "mark");
        awaitCalls("mark");
        clock.pass(HOUR);
        awaitCalls("mark", "new");
    }

    @Test
    void areCalledAgainWhenTheirPolicySaysSo() {
        Instant later = clock.in(HOUR.multipliedBy(2));
        process(0, note -> clock.instant().isBefore(later) ? later : null);
        set("a", HOUR, "a");
        clock.pass(HOUR);
        awaitCalls("a");
        clock.pass(HOUR);
        awaitCalls("a", "a");
        soon().until(() -> PolicyRig.query(server, ROWS).isEmpty());
    }

    @Test
    void areTriedAgainAfterAFailureAndTellOfIt() {
        process(
                0,
                note -> {
                    if (called.size() < 3) throw new IllegalStateException("not today");
                    return null;
                });
        set("a", Duration.ZERO, "a");
        awaitWhileTimePasses(() -> !called.isEmpty());
        soon().until(() -> failures.of(POLICY) != null);
        assertThat(failures.of(POLICY)).contains("deadline a").contains("not today");
        awaitWhileTimePasses(() -> called.size() == 3);
        soon().until(() -> failures.of(POLICY) == null);
        assertThat(meters.counter("pms.policy.failures", "policy", POLICY).count()).isEqualTo(2);
    }

    @Test
    void waitLongerAfterEachFailureUpToABound() {
        assertThat(DeadlineScheduler.pauseAfter(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(DeadlineScheduler.pauseAfter(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(DeadlineScheduler.pauseAfter(8)).isEqualTo(Duration.ofSeconds(256));
        assertThat(DeadlineScheduler.pauseAfter(9)).isEqualTo(Duration.ofMinutes(5));
        assertThat(DeadlineScheduler.pauseAfter(100_000)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void areNotLostWhenTheyAreSetWhileTheyAreHandled() {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        process(
                0,
                note -> {
                    handling.countDown();
                    awaitQuietly(goOn);
                    return null;
                });
        set("a", Duration.ZERO, "first");
        awaitWhileTimePasses(() -> handling.getCount() == 0);
        deadlines.cancel(POLICY, "a");
        set("a", HOUR, "second");
        goOn.countDown();
        soon().until(() -> PolicyRig.query(server, ROWS).size() == 1);
        clock.pass(HOUR);
        awaitCalls("first", "second");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void ofAProcessThatDiedAreTakenOver() {
        set("a", Duration.ZERO, "a");
        PolicyRig.execute(
                server,
                "UPDATE policy_deadline SET picked = 1, picked_by = 'dead', version = version + 1,"
                        + " last_heartbeat = '2040-03-01 09:59:00'");
        process();
        awaitCalls("a");
    }

    @Test
    void ofOtherLogsAreLeftAlone() {
        Deadlines other = new Deadlines(database(1), new PolicyNames(1));
        other.set(POLICY, "a", clock.instant().minus(Duration.ofDays(300)), new Note("other"));
        process();
        set("a", Duration.ZERO, "mine");
        awaitCalls("mine");
        soon().until(() -> PolicyRig.query(server, ROWS).size() == 1);
        process(1, note -> null);
        awaitCalls("mine", "other");
    }

    /** As far as a plan can be away, whatever the zone of the machine. */
    @Test
    void areKeptInUtcForThousandsOfYears() {
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            deadlines = new Deadlines(database(0), new PolicyNames(0));
            deadlines.set(POLICY, "a", Instant.parse("9999-12-31T12:00:00Z"), new Note("a"));
            deadlines.set(POLICY, "b", clock.instant(), new Note("b"));
            process();
            awaitCalls("b");
        } finally {
            TimeZone.setDefault(zone);
        }
        // What was handled is removed after its handler has returned.
        String times = "SELECT CAST(execution_time AS CHAR) FROM policy_deadline";
        soon().untilAsserted(() ->
                assertThat(PolicyRig.query(server, times))
                        .containsExactly("9999-12-31 12:00:00.000000"));
    }

    /**
     * The database undoes a whole transaction, with what an earlier event's handler did in it. Who
     * went on after that would store the position of events that are not handled.
     */
    @Test
    void failWhenTheDatabaseHasGivenUpTheTransaction() throws Exception {
        set("a", HOUR, "a");
        set("b", HOUR, "b");
        PolicyDatabase database = database(0);
        Deadlines inTransaction = new Deadlines(database, new PolicyNames(0));
        try (Connection heavier = DriverManager.getConnection(server.ownerUrl());
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            heavier.setAutoCommit(false);
            insertMany(heavier);
            lock(heavier, "b");
            assertThatThrownBy(() ->
                            new TransactionTemplate(database.transactions())
                                    .executeWithoutResult(status -> {
                                        set(inTransaction, "before");
                                        set(inTransaction, "a");
                                        thread.submit(() -> lock(heavier, "a"));
                                        set(inTransaction, "b");
                                    }))
                    .hasRootCauseInstanceOf(SQLTransactionRollbackException.class);
            thread.shutdown();
            assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            heavier.rollback();
        }
        assertThat(PolicyRig.query(server, ROWS)).containsExactly("a", "b");
    }

    private void set(Deadlines at, String subject) {
        at.set(POLICY, subject, clock.in(HOUR), new Note("in a transaction"));
    }

    /** Of two that wait for each other, the one that has done less is given up. */
    private static void insertMany(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < 50; i++)
                statement.execute(
                        "INSERT INTO policy_deadline (task_name, task_instance, execution_time,"
                                + " picked, version) VALUES ('other', '"
                                + i
                                + "', '2040-01-01', 0, 1)");
        }
    }

    private static Void lock(Connection connection, String subject) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT * FROM policy_deadline WHERE task_name = '0/remind'"
                            + " AND task_instance = '"
                            + subject
                            + "' FOR UPDATE");
        }
        return null;
    }
}
