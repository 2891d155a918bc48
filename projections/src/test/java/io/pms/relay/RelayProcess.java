package io.pms.relay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A relay in a process of its own, which can be killed and stopped, also in the middle of a
 * transaction.
 */
final class RelayProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;

    private RelayProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static RelayProcess start(RelayRig rig) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProcess.class.getName(),
                        rig.logUrl,
                        rig.bootstrapServers,
                        rig.names.entries(),
                        String.valueOf(rig.isImpatient));
        try {
            return new RelayProcess(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Relays until its input ends, and so no longer than the process that started it lives. */
    public static void main(String[] arguments) throws Exception {
        DatabaseUrl url = DatabaseUrl.parse(arguments[0]);
        try (MysqlEventLog log = MysqlEventLog.open(url, LogSettings.defaults())) {
            StoppableLog stoppable = new StoppableLog(log);
            RelayNames names = new RelayNames(arguments[2]);
            try (Relay relay =
                    RelayRig.relay(
                            stoppable.reader(),
                            RelayRig.clients(arguments[1], Boolean.parseBoolean(arguments[3])),
                            names,
                            new SimpleMeterRegistry())) {
                relay.start();
                obey(relay, stoppable);
            }
        }
    }

    private static void obey(Relay relay, StoppableLog log) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            switch (line) {
                case "stop" -> {
                    log.stopAt(10);
                    System.out.println("@armed");
                    log.awaitStopped();
                    System.out.println("@stopped");
                }
                case "go on" -> log.goOn();
                case "state" -> System.out.println("@" + relay.status().state());
                case "failure" -> System.out.println("@" + relay.status().failure());
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private String answer() {
        try {
            String line = out.readLine();
            while (line != null && !line.startsWith("@")) {
                System.out.println("CHILD " + line);
                line = out.readLine();
            }
            if (line == null) throw new AssertionError("the process has ended");
            return line.substring(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RelayStatus.State state() {
        in.println("state");
        return RelayStatus.State.valueOf(answer());
    }

    String failure() {
        in.println("failure");
        return answer();
    }

    /** It is to stand still before the tenth event of the next ones. */
    void standStillSoon() {
        in.println("stop");
        if (!answer().equals("armed")) throw new AssertionError("it would not stop");
    }

    void awaitStandstill() {
        if (!answer().equals("stopped")) throw new AssertionError("it goes on");
    }

    void goOn() {
        in.println("go on");
    }

    /** Sends a signal by name, for example STOP or CONT. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a power cut does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
