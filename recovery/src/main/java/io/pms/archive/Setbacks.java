package io.pms.archive;

import io.pms.archive.witness.QuorumException;
import io.pms.log.LogUnavailableException;
import io.pms.objects.ObjectStoreException;
import io.pms.tlog.FormatException;
import io.pms.tlog.ProofException;
import io.pms.tlog.UntrustedNoteException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps an archiver from its work: said once, and waited for longer each time. Not
 * thread-safe.
 */
final class Setbacks {
    private static final Logger LOGGER = LoggerFactory.getLogger(Setbacks.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** As long as an archive may be behind (RPO): so soon after a store is back it is used. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ArchiveStatus status;
    private Duration pause = FIRST_PAUSE;

    Setbacks(ArchiveStatus status) {
        this.status = status;
    }

    /**
     * Notes what went wrong.
     *
     * @return how long to wait before the next attempt
     */
    Duration failed(RuntimeException e) {
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(status.problem())) say(e);
        status.failed(problem, isFork(e));
        Duration now = pause;
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
        return now;
    }

    /** Something was published. */
    void overcome() {
        pause = FIRST_PAUSE;
    }

    private static void say(RuntimeException e) {
        if (isFork(e))
            LOGGER.error("the archive and the log contradict each other; nothing is archived", e);
        else if (isExpected(e)) LOGGER.warn("archiving is interrupted: {}", e.getMessage());
        else LOGGER.error("archiving has failed; trying again", e);
    }

    private static boolean isFork(RuntimeException e) {
        return e instanceof ForkException
                || e instanceof UntrustedNoteException
                || e instanceof ProofException
                || e instanceof FormatException;
    }

    private static boolean isExpected(RuntimeException e) {
        return e instanceof ObjectStoreException
                || e instanceof LogUnavailableException
                || e instanceof QuorumException
                || e instanceof StaleStoreException
                || e instanceof SupersededException;
    }
}
