package io.pms.command;

import io.pms.log.axon.Committed;
import org.jspecify.annotations.Nullable;

/** What one dispatch of a command learned on its way. Bound to the thread that handles it. */
final class Outcome {
    private static final ScopedValue<Outcome> CURRENT = ScopedValue.newInstance();

    private long decidedAt = -1;
    private @Nullable Committed committed;

    /** The one that this thread works for, or one that nobody looks at. */
    static Outcome current() {
        return CURRENT.isBound() ? CURRENT.get() : new Outcome();
    }

    void during(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    void decidedAt(long sequence) {
        decidedAt = sequence;
    }

    void committed(@Nullable Committed stored) {
        committed = stored;
    }

    /** The aggregate's sequence before the command; -1 when it was new. */
    long decidedAt() {
        return decidedAt;
    }

    /** What was stored; null when there were no events. */
    @Nullable Committed committed() {
        return committed;
    }
}
