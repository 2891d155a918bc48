package io.pms.bench.torture;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Everything that is known of a run: what is stored now, and what was told and seen before that was
 * read. Invariants are checked on it alone.
 *
 * @param log in the order in which it was read
 * @param over whether all writers have ended in order, so that nothing may be unknown any more
 */
record History(
        List<Stored> log,
        SeenHead head,
        Map<UUID, StoredReceipt> receipts,
        List<Attempt> attempts,
        List<Answer> answers,
        List<Seen> seen,
        List<SeenHead> heads,
        boolean over) {

    /** Every invariant that does not hold, and where. */
    List<Violation> violations() {
        Violations violations = new Violations();
        LogChecks.check(this, violations);
        OutcomeChecks.check(this, violations);
        ReaderChecks.check(this, violations);
        RootChecks.check(this, violations);
        return violations.list();
    }
}
