package io.pms.log;

import org.jspecify.annotations.Nullable;

/**
 * Whether the unit is stored cannot be known now. Repeat the command with the same idempotency key.
 */
public final class OutcomeUnknownException extends RuntimeException {
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
