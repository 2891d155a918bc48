package io.pms.log;

import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The database cannot be reached or refuses to work. Nothing was stored; retry later. */
public class LogUnavailableException extends RuntimeException {
    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Why a connection could not be made or not be used, and what to look at. */
    static LogUnavailableException unreachable(DatabaseUrl url, Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            String why = reason(url, inner);
            if (why != null) return new LogUnavailableException(why, cause);
        }
        return new LogUnavailableException(
                "cannot reach the database at "
                        + url.address()
                        + ": is it running, and are address and account right?",
                cause);
    }

    private static @Nullable String reason(DatabaseUrl url, Throwable cause) {
        String said = " (" + cause.getMessage() + "): ";
        if (cause instanceof SSLException)
            return "cannot agree on TLS with the database at "
                    + url.address()
                    + said
                    + "see sslMode and the trusted certificates in its URL";
        if (!(cause instanceof SQLException sql)) return null;
        if (SqlErrors.isDenied(sql))
            return "the account may not do this in "
                    + url
                    + said
                    + "use the owner's account, or start the platform once, which grants what is needed";
        if (SqlErrors.isNoTable(sql))
            return "a table is not there in "
                    + url
                    + said
                    + "is it the right database? start the platform once, which makes what this version needs";
        return null;
    }
}
