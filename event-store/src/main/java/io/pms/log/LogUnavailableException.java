package io.pms.log;

/** The database cannot be reached or refuses to work. Nothing was stored; retry later. */
public final class LogUnavailableException extends RuntimeException {
    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
