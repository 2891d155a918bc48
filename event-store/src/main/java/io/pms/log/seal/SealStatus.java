package io.pms.log.seal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How it is with people's texts and keys in this process, for health. Thread-safe. */
public final class SealStatus {
    /** Erasures are complete within a second, unless something refuses. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private long heard;
    private long back;
    private long pendingSince;
    private long unreadable;

    SealStatus(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** So many erasures were heard of and are not applied yet. */
    synchronized void heard(long erasures) {
        since(erasures + back);
        heard = erasures;
    }

    /** So many keys of erased people were found. */
    synchronized void back(long keys) {
        since(keys + heard);
        back = keys;
    }

    private void since(long pending) {
        if (pending() == 0 && pending > 0) pendingSince = nanoTime.getAsLong();
    }

    synchronized long pending() {
        return heard + back;
    }

    /** Somebody has asked for a text that is lost, and not because its person was erased. */
    synchronized void unreadable() {
        unreadable++;
    }

    /** What is wrong; null when all is well. */
    public synchronized @Nullable String problem() {
        long seconds = Duration.ofNanos(nanoTime.getAsLong() - pendingSince).toSeconds();
        if (pending() > 0 && seconds >= PATIENCE.toSeconds())
            return "%,d people were erased and their keys have not been destroyed for %,d s: the log of the process says why"
                    .formatted(pending(), seconds);
        if (unreadable == 0) return null;
        return "texts of people could not be read %,d times since the start, because their keys are not there or they were changed: %s"
                .formatted(unreadable, LostKeys.ADVICE);
    }
}
