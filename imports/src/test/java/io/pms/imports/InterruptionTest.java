package io.pms.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pms.command.Accepted;
import io.pms.command.CommandRequest;
import io.pms.command.Commands;
import io.pms.http.Caller;
import io.pms.http.Problem;
import io.pms.log.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports that stop midway, and what the next run makes of it. */
class InterruptionTest {
    private static final Caller CALLER = new Caller("westhaven", "importer");

    private static ImportServer undisturbed;
    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        undisturbed = new ImportServer();
    }

    @AfterAll
    static void stop() {
        undisturbed.close();
    }

    /** Lets so many commands through and fails the others. */
    private record Failing(Commands commands, AtomicInteger left, Problem problem)
            implements Commands {
        @Override
        public CompletableFuture<Accepted> dispatch(CommandRequest request) {
            return left.getAndDecrement() > 0
                    ? commands.dispatch(request)
                    : CompletableFuture.failedFuture(problem);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sample-history.xes, 0", "sample-history.xes, 1", "sample-history.xes, 5",
        "sample-history.xes, 30", "sample-plan.xml, 3", "sample-plan.xml, 17"
    })
    void isCompletedByASecondRunToWhatAnUndisturbedOneStores(String sample, int after)
            throws IOException {
        Source file = file(sample);
        Summary whole =
                imports(undisturbed, undisturbed.bean(Commands.class))
                        .run(CALLER, file, null, Progress.SILENT);
        try (ImportServer server = new ImportServer()) {
            Problem problem = new Problem(500, "broken", "Broken", "by the test");
            Failing failing =
                    new Failing(server.bean(Commands.class), new AtomicInteger(after), problem);
            Problem stopped =
                    catchThrowableOfType(
                            Problem.class,
                            () ->
                                    imports(server, failing)
                                            .run(CALLER, file, null, Progress.SILENT));
            assertThat(stopped).isSameAs(problem);
            assertThat(server.logSize()).isEqualTo(after);
            Summary rest =
                    imports(server, server.bean(Commands.class))
                            .run(CALLER, file, null, Progress.SILENT);
            assertThat(rest.skipped()).isEqualTo(after);
            assertThat(rest.events()).isEqualTo(rest.commands() - after);
            assertThat(rest.project()).isEqualTo(whole.project());
            assertThat(Stored.of(server, CALLER.tenant()).content())
                    .hasSize((int) whole.commands())
                    .isSubsetOf(Stored.of(undisturbed, CALLER.tenant()).content());
        }
    }

    @Test
    void goesOnWhenTheLogIsAwayForAMoment() throws IOException {
        try (ImportServer server = new ImportServer()) {
            AtomicInteger calls = new AtomicInteger();
            Commands real = server.bean(Commands.class);
            Commands flaky =
                    request ->
                            calls.incrementAndGet() == 3
                                    ? CompletableFuture.failedFuture(
                                            new Problem(503, "log-unavailable", "Away", "for now")
                                                    .retryAfter(1))
                                    : real.dispatch(request);
            Summary summary =
                    imports(server, flaky)
                            .run(CALLER, file("sample-history.xes"), null, Progress.SILENT);
            assertThat(summary.events()).isEqualTo(summary.commands());
        }
    }

    @Test
    void waitsUntilItIsVisibleAndSaysSoLast() throws IOException {
        List<String> calls = new ArrayList<>();
        Imports imports =
                new Imports(
                        undisturbed.bean(Commands.class),
                        undisturbed.bean(EventLog.class),
                        (tenant, position) -> calls.add("await " + tenant + " " + (position >= 0)),
                        InstantSource.system());
        imports.run(
                new Caller("other", "x"),
                file("sample-plan.xml"),
                "Bridge",
                (phase, done, total) -> calls.add(phase));
        assertThat(calls.subList(calls.size() - 2, calls.size()))
                .containsExactly("visible", "await other true");
    }

    private static Imports imports(ImportServer server, Commands commands) {
        return new Imports(
                commands,
                server.bean(EventLog.class),
                (tenant, position) -> {},
                InstantSource.system());
    }

    private Source file(String sample) throws IOException {
        return new Source(sample, Files.write(folder.resolve(sample), TestFiles.sample(sample)));
    }
}
