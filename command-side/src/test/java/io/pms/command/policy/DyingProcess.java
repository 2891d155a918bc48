package io.pms.command.policy;

import io.pms.command.Accepted;
import io.pms.command.CommandRequest;
import io.pms.command.CommandServer;
import io.pms.command.Commands;
import io.pms.command.task.TaskCommand.FlagTaskOverdue;
import io.pms.embedded.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * An operating-system process that lets a task become overdue, and dies when its flag is stored and
 * before its policy has heard of it.
 */
final class DyingProcess {
    private static final int DIED = 3;
    private static final long TIMEOUT_SECONDS = 240;

    private DyingProcess() {}

    /** Returns when it has died. */
    static void run(SharedServers.Database database, TestClock clock) {
        Path output = SharedServers.temporary("dying-process").resolve("output");
        try {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx256m",
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    DyingProcess.class.getName(),
                                    database.ownerUrl(),
                                    database.applicationUrl(),
                                    clock.instant().toString())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
            if (process.waitFor() != DIED)
                throw new IllegalStateException(Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Arguments: the owner's URL, the application's URL, what time it is. */
    public static void main(String[] args) {
        TestClock clock = new TestClock(Instant.parse(args[2]));
        SharedServers.Database database = new SharedServers.Database("", args[0], args[1]);
        try (CommandServer server =
                new CommandServer(args[0], args[1], clock, DyingProcess::dying)) {
            Tasks tasks = new Tasks(database, server, clock);
            tasks.created(clock.finish(0));
            tasks.days(1);
        }
    }

    private static Commands dying(Commands commands) {
        return request -> commands.dispatch(request).thenApply(accepted -> die(request, accepted));
    }

    private static Accepted die(CommandRequest request, Accepted accepted) {
        if (request.command() instanceof FlagTaskOverdue) Runtime.getRuntime().halt(DIED);
        return accepted;
    }
}
