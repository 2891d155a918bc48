package io.pms.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member who moves a task, and asks for it as soon as that is acknowledged: until the answer
 * shows it. By turns with it what that is compared with: the same query when there is nothing to
 * wait for, and one event's way into a log. For one thread.
 */
final class Visibility implements Subject {
    /** Below this the clock and what else happens in a machine decide. */
    private static final double LEAST_WAIT_MILLIS = 0.01;

    private final TaskCommands commands;
    private final List<String> tasks;
    private final Clients.Request commit;
    private final Budget budget;
    private String status = "To do";
    private @Nullable Times last;

    /**
     * @param tasks that are to do
     * @param commit stores one event, and returns when it is durable
     */
    Visibility(TaskCommands commands, List<String> tasks, Clients.Request commit, Budget budget) {
        this.commands = commands;
        this.tasks = List.copyOf(tasks);
        this.commit = commit;
        this.budget = budget;
    }

    @Override
    public String name() {
        return "pms";
    }

    /** The time until the change is seen, and what of it is due to waiting. */
    @Override
    public Outcome round() throws Exception {
        Times times = new Times(new Latencies(), new Latencies(), new Latencies());
        last = times;
        Budget.Running running = budget.start();
        while (running.allows(tasks.size())) {
            status = status.equals("To do") ? "In progress" : "To do";
            for (String task : tasks) observe(task, times);
        }
        return times.outcome();
    }

    private void observe(String task, Times times) throws Exception {
        long position = commands.move(task, status);
        long acknowledged = System.nanoTime();
        commands.see(task, position, status);
        long seen = System.nanoTime();
        commands.see(task, position, status);
        long seenAgain = System.nanoTime();
        commit.send();
        times.visible.add(seen - acknowledged);
        times.query.add(seenAgain - seen);
        times.commit.add(System.nanoTime() - seenAgain);
    }

    /** The query alone, as it was measured beside the last round. */
    Outcome query() {
        return percentiles(times().query);
    }

    /** The commit alone, likewise. */
    Outcome commit() {
        return Outcome.of(Measure.COMMIT_P50, percentile(times().commit, 50));
    }

    private Times times() {
        if (last == null) throw new IllegalStateException("nothing has been measured");
        return last;
    }

    private record Times(Latencies visible, Latencies query, Latencies commit) {
        Outcome outcome() {
            double query = percentile(this.query, 50);
            Outcome outcome = percentiles(visible);
            return outcome.with(Measure.WAIT_P50, waited(outcome.get(Measure.P50), query))
                    .with(Measure.WAIT_P99, waited(outcome.get(Measure.P99), query));
        }
    }

    private static double waited(double visible, double query) {
        return Math.max(LEAST_WAIT_MILLIS, visible - query);
    }

    private static Outcome percentiles(Latencies latencies) {
        return Outcome.of(Measure.P50, percentile(latencies, 50))
                .with(Measure.P99, percentile(latencies, 99));
    }

    private static double percentile(Latencies latencies, int percent) {
        return Latencies.percentileMillis(Latencies.sorted(List.of(latencies)), percent);
    }
}
