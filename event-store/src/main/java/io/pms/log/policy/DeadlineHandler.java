package io.pms.log.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a policy that acts when a deadline has come.
 *
 * @param <D> what the policy needs to know then, kept as JSON
 */
public interface DeadlineHandler<D extends Record> {
    /** The policy's name, which is its processing group too: at most 80 characters. */
    String policy();

    Class<D> dataType();

    /**
     * Acts on what {@link Deadlines#set} was told. Called at least once, by one process at a time
     * unless one is taken for dead; so what it does must be safe to repeat. It may have been
     * cancelled or moved while it was picked up: whether there is still something to do must be
     * decided on what is so now.
     *
     * @return when to be called again; null when it is done
     * @throws RuntimeException to be called again, after pauses of 1 s to 5 minutes
     */
    @Nullable Instant due(D data);
}
