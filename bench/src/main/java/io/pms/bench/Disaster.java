package io.pms.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * A platform that is loaded, lost with all of its data but its keys and its archive, and made anew.
 */
final class Disaster {
    private static final List<String> KEYS = List.of("signing-key", "master.key");

    /** How many of the last events that came back are looked at. */
    private static final int LOOKED_AT = 20;

    /** More requests than are sent before the end. */
    private static final double SECONDS_AFTER = 5;

    private static final int MAX_IN_FLIGHT = 1_000;

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Path lost;
    private final Path fresh;
    private final Map<String, String> environment;

    /** Commands that were answered, by the position that the answer has. */
    private final ConcurrentSkipListMap<Long, Answered> answered = new ConcurrentSkipListMap<>();

    private volatile boolean over;

    private record Answered(String task, long nanoTime) {}

    /**
     * @param acknowledged commands, of one event each, that were answered
     * @param recovered how many of their events came back
     * @param secondsLost between the first answer of which the event did not come back and the end;
     *     0 when all came back
     * @param secondsToRestore from the end on, until the log was in a database again
     * @param secondsToServe from the end on, until a query showed the last event that came back
     */
    record Figures(
            long acknowledged,
            long recovered,
            double secondsLost,
            double secondsToRestore,
            double secondsToServe) {}

    /**
     * @param folder where everything is
     */
    Disaster(Path folder, String durability) {
        this.lost = folder.resolve("lost");
        this.fresh = folder.resolve("fresh");
        this.environment =
                Map.of(
                        "PMS_ARCHIVE_URL",
                        "file:" + folder.resolve("archive"),
                        "PMS_DURABILITY",
                        durability);
    }

    Figures at(int rate, double seconds) throws Exception {
        long end;
        try (PlatformProcess platform = PlatformProcess.start(lost, environment);
                TaskCommands commands = new TaskCommands(platform.url())) {
            commands.createProject();
            end = strike(platform, commands, rate, seconds);
        }
        for (String key : KEYS) {
            Files.createDirectories(fresh);
            Files.copy(lost.resolve(key), fresh.resolve(key));
        }
        PlatformProcess.run(
                environment,
                "restore",
                "--archive",
                String.valueOf(environment.get("PMS_ARCHIVE_URL")),
                "--to",
                "latest",
                "--data",
                fresh.toString());
        long restored = System.nanoTime();
        try (PlatformProcess platform = PlatformProcess.start(fresh, environment);
                PlatformClient client = new PlatformClient(platform.url(), "default")) {
            return figures(client, end, restored);
        }
    }

    /** Ends it while commands are under way; answers when that was. */
    private long strike(PlatformProcess platform, TaskCommands commands, int rate, double seconds)
            throws Exception {
        int requests = (int) (rate * (seconds + SECONDS_AFTER));
        OpenLoop load = new OpenLoop(rate, requests, MAX_IN_FLIGHT);
        Thread clients =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                load.run(() -> send(commands));
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000));
        long end = System.nanoTime();
        platform.kill();
        over = true;
        clients.join();
        return end;
    }

    private void send(TaskCommands commands) throws InterruptedException {
        if (over) return;
        try {
            TaskCommands.Created created = commands.create();
            answered.put(created.position(), new Answered(created.task(), System.nanoTime()));
        } catch (IOException e) {
            // never answered: not promised
        }
    }

    private Figures figures(PlatformClient client, long end, long restored) throws Exception {
        Map.Entry<Long, Answered> newest = newest(client);
        long last = newest.getKey();
        awaitShown(client, newest.getValue().task(), last);
        double secondsToServe = seconds(end, System.nanoTime());
        requireTheSame(client, last);
        Map<Long, Answered> gone = answered.tailMap(last, false);
        long firstGone = gone.values().stream().mapToLong(Answered::nanoTime).min().orElse(end);
        return new Figures(
                answered.size(),
                answered.size() - gone.size(),
                Math.max(0, seconds(firstGone, end)),
                seconds(end, restored),
                secondsToServe);
    }

    /** While projections are built a query says that they are behind. */
    private static void awaitShown(PlatformClient client, String task, long position)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true)
            try {
                client.get("/api/tasks/" + task, position);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) throw e;
                TimeUnit.MILLISECONDS.sleep(100);
            }
    }

    /** The last command of which the event came back. */
    private Map.Entry<Long, Answered> newest(PlatformClient client) throws InterruptedException {
        for (Map.Entry<Long, Answered> command : answered.descendingMap().entrySet())
            if (isThere(client, command.getKey(), command.getValue())) return command;
        throw new IllegalStateException("nothing came back");
    }

    /** Its event is where it was said to be. */
    private static boolean isThere(PlatformClient client, long position, Answered command)
            throws InterruptedException {
        try {
            return client.get("/log/entries/" + position).contains(command.task());
        } catch (IOException e) {
            return false;
        }
    }

    private void requireTheSame(PlatformClient client, long last) throws InterruptedException {
        answered.headMap(last, true).descendingMap().entrySet().stream()
                .limit(LOOKED_AT)
                .forEach(command -> {
                    try {
                        if (!isThere(client, command.getKey(), command.getValue()))
                            throw new IllegalStateException(
                                    "what was answered with position "
                                            + command.getKey()
                                            + " did not come back");
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
