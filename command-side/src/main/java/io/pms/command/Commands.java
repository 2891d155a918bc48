package io.pms.command;

import java.util.concurrent.CompletableFuture;

/**
 * The one way in for commands, in this process; the HTTP API and imports are its callers.
 * Thread-safe.
 */
public interface Commands {
    /**
     * Decides and stores. The future completes after the events are durable, or fails with an
     * {@link io.pms.http.Problem} that says what to do; a failed command has stored nothing, unless
     * the problem's kind is {@code outcome-unknown}.
     *
     * <p>A command with a key that was accepted before is not decided again: it gets the first
     * answer.
     */
    CompletableFuture<Accepted> dispatch(CommandRequest request);
}
