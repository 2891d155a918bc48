package io.pms.standalone;

import io.pms.recovery.Restore;

/** Shows how far a restore is, and how long it will take. */
final class RestoreProgress implements Restore.Progress {
    private final ProgressBar bar = new ProgressBar(System.err, System.console() != null);
    private final long began = System.nanoTime();
    private String phase = "";
    private long phaseBegan;
    private long firstEvents;

    @Override
    public void show(String newPhase, long doneEvents, long allEvents) {
        if (!newPhase.equals(phase)) {
            phase = newPhase;
            phaseBegan = System.nanoTime();
            firstEvents = doneEvents;
        }
        bar.show(newPhase, doneEvents, allEvents, rate(doneEvents, allEvents));
    }

    private String rate(long doneEvents, long allEvents) {
        double seconds = (System.nanoTime() - phaseBegan) / 1e9;
        double rate = (doneEvents - firstEvents) / seconds;
        if (seconds < 1 || rate < 1) return "";
        return ", %,.0f/s, %,.0f s left".formatted(rate, (allEvents - doneEvents) / rate);
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    void end() {
        bar.end();
    }
}
