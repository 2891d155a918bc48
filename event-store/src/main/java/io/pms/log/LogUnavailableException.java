package io.pms.log;

import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The database cannot be reached or refuses to work. Nothing was stored; retry later. */
public class LogUnavailableException extends RuntimeException {
    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Why a connection could not be made, and what to look at. */
    static LogUnavailableException unreachable(DatabaseUrl url, Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause())
            if (inner instanceof SSLException)
                return new LogUnavailableException(
                        "cannot agree on TLS with the database at "
                                + url.address()
                                + " ("
                                + inner.getMessage()
                                + "): see sslMode and the trusted certificates in its URL",
                        cause);
        return new LogUnavailableException(
                "cannot reach the database at "
                        + url.address()
                        + ": is it running, and are address and account right?",
                cause);
    }
}
