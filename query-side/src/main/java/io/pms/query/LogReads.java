package io.pms.query;

import io.pms.http.Problem;
import io.pms.log.LogUnavailableException;
import java.util.function.Supplier;

/** Reads of the log on behalf of a caller. */
public final class LogReads {
    private LogReads() {}

    /** Runs something that needs the database; 503 when it does not answer. */
    public static <T> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (LogUnavailableException e) {
            Problem problem =
                    new Problem(
                                    503,
                                    "log-unavailable",
                                    "The log is not available",
                                    "the database does not answer; try again")
                            .retryAfter(2);
            problem.initCause(e);
            throw problem;
        }
    }
}
