package io.pms.log;

import org.jspecify.annotations.Nullable;

/** The database cannot be reached or refuses to work. Nothing was stored; retry later. */
public final class LogUnavailableException extends RuntimeException {
    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
