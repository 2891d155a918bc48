package io.pms.standalone;

import java.io.PrintStream;

/** A line that shows how far something is; on a terminal it is drawn over again. */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private String phase = "";

    ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(String newPhase, long done, long total) {
        show(newPhase, done, total, "");
    }

    /**
     * @param more what is to be told behind the numbers
     */
    void show(String newPhase, long done, long total, String more) {
        if (!terminal) {
            if (!newPhase.equals(phase)) out.println("- " + newPhase);
            phase = newPhase;
            return;
        }
        if (!newPhase.equals(phase)) end();
        phase = newPhase;
        int filled = total == 0 ? 0 : (int) (Math.min(done, total) * WIDTH / total);
        out.printf(
                "\r%-22s [%s%s] %,d of %,d%s ",
                newPhase, "#".repeat(filled), ".".repeat(WIDTH - filled), done, total, more);
        out.flush();
    }

    void end() {
        if (terminal && !phase.isEmpty()) out.println();
        phase = "";
    }
}
