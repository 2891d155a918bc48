package io.pms.standalone;

/** Tells the user at the terminal what is going on. */
final class Progress {
    private Progress() {}

    /** On the error stream, so that what a command answers stands alone on the other. */
    static void say(String what) {
        System.err.println("- " + what);
    }
}
