package io.pms.standalone;

import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What a user is told when a command fails: one line that says what to do. */
final class Failures {
    private Failures() {}

    static int report(Exception failure, CommandLine command, ParseResult result) {
        System.err.println("pms: " + reason(failure));
        return 1;
    }

    /** The innermost message that was written for people; Spring wraps it many times. */
    static String reason(Throwable failure) {
        Throwable best = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (isOurs(cause)) best = cause;
        String message = best.getMessage() == null ? best.toString() : best.getMessage();
        return best == failure && !isOurs(failure)
                ? failure + " (details are in the log)"
                : message;
    }

    private static boolean isOurs(Throwable failure) {
        boolean thrownByUs =
                failure.getStackTrace().length > 0
                        && failure.getStackTrace()[0].getClassName().startsWith("io.pms.");
        return thrownByUs
                && (failure instanceof IllegalStateException
                        || failure instanceof IllegalArgumentException
                        || failure instanceof UncheckedIOException
                        || failure.getClass().getName().startsWith("io.pms."));
    }

    /** What the cause of a failed task says. */
    static String message(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
