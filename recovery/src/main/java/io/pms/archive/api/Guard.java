package io.pms.archive.api;

import io.pms.http.Problem;
import io.pms.log.LogUnavailableException;
import io.pms.objects.ObjectStoreException;
import io.pms.tlog.FormatException;
import io.pms.tlog.MissingTileException;
import io.pms.tlog.ProofException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads of archive and log on behalf of a caller, whose failures are problems. */
final class Guard {
    private static final Logger LOGGER = LoggerFactory.getLogger(Guard.class);

    /** An object store that is away is rarely back in a second. */
    private static final int ARCHIVE_RETRY_SECONDS = 5;

    private static final int LOG_RETRY_SECONDS = 2;

    private Guard() {}

    /**
     * @throws Problem 503 when the archive or the database does not answer, 500 when the archive is
     *     not what was written
     */
    static <T> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (ObjectStoreException e) {
            LOGGER.warn("the archive cannot be read: {}", e.getMessage());
            throw because(e, archiveUnavailable());
        } catch (LogUnavailableException e) {
            throw because(e, logUnavailable());
        } catch (MissingTileException | FormatException | ProofException e) {
            LOGGER.error("the archive is damaged, or is not this log's", e);
            throw because(e, damaged());
        }
    }

    private static Problem archiveUnavailable() {
        return new Problem(
                        503,
                        "archive-unavailable",
                        "The archive is not available",
                        "the object store does not answer; try again")
                .retryAfter(ARCHIVE_RETRY_SECONDS);
    }

    private static Problem logUnavailable() {
        return new Problem(
                        503,
                        "log-unavailable",
                        "The log is not available",
                        "the database does not answer; try again")
                .retryAfter(LOG_RETRY_SECONDS);
    }

    private static Problem damaged() {
        return new Problem(
                500,
                "archive-damaged",
                "The archive is damaged",
                "the archive does not prove what it should; its operator must verify it, the server's log says more");
    }

    private static Problem because(RuntimeException cause, Problem problem) {
        problem.initCause(cause);
        return problem;
    }
}
