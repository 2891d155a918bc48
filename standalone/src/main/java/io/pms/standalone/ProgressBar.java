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
        if (!terminal) {
            if (!newPhase.equals(phase)) out.println("- " + newPhase);
            phase = newPhase;
            return;
        }
        if (!newPhase.equals(phase)) end();
        phase = newPhase;
        int filled = total == 0 ? 0 : (int) (done * WIDTH / total);
        out.printf(
                "\r%-22s [%s%s] %,d of %,d ",
                newPhase, "#".repeat(filled), ".".repeat(WIDTH - filled), done, total);
        out.flush();
    }

    void end() {
        if (terminal && !phase.isEmpty()) out.println();
        phase = "";
    }
}
