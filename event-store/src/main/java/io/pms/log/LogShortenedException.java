package io.pms.log;

/**
 * The database has fewer events than it had: it has failed over to a copy that was behind, or came
 * back from an old backup. Nothing was stored, and nothing is until what is missing is there again:
 * else two histories would begin.
 */
public final class LogShortenedException extends LogUnavailableException {
    private static final long serialVersionUID = 1;

    LogShortenedException(long size, long knownSize) {
        super(
                "the database has %,d events and had %,d: it has lost some; stop everything that writes and get them back with ./pms restore --roll-forward"
                        .formatted(size, knownSize),
                null);
    }
}
