package io.pms.log;

import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes a log from its rows and compares it with its head: every entry's hash, the order of
 * positions, recorded time and the Merkle root (RFC 6962). What the rows say wrongly changes the
 * root; what is missing or moved breaks the order.
 */
public final class LogVerifier {
    private LogVerifier() {}

    /**
     * @param entries how many were read
     * @param problem null when all is well, else what is wrong and where
     */
    public record Result(long entries, byte[] root, @Nullable String problem) {
        public boolean ok() {
            return problem == null;
        }
    }

    /** Reads the log up to the size that its head has now. */
    public static Result verify(EventLog log) {
        Head head = log.head();
        Check check = new Check(head);
        try {
            log.stream(0, check::take);
        } catch (LogUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Result(
                    check.next,
                    new byte[0],
                    "position " + check.next + " cannot be read: " + e.getMessage());
        }
        return check.result();
    }

    private static final class Check {
        private final Head head;
        private final MerkleFrontier merkle = new MerkleFrontier();
        private long next;
        private long recordedTime;
        private @Nullable String problem;

        Check(Head head) {
            this.head = head;
        }

        void take(Entry entry) {
            if (problem != null || next >= head.size()) return;
            if (entry.position() != next)
                problem = "position " + next + " is missing; " + entry.position() + " follows";
            else if (entry.recordedTimeMicros() < recordedTime)
                problem = "position " + next + ": recorded time goes back";
            else {
                merkle.append(EntryCodec.encode(entry));
                recordedTime = entry.recordedTimeMicros();
                next++;
            }
        }

        Result result() {
            if (problem == null && next < head.size())
                problem = "the log ends at position " + next + ", its head says " + head.size();
            byte[] root = merkle.root();
            if (problem == null && !Arrays.equals(root, head.root()))
                problem = "the rows do not hash to the head's root: a past event was changed";
            return new Result(next, root, problem);
        }
    }
}
