package io.pms.log;

/**
 * The database has fewer events than it had, or others in their place: it has failed over to a copy
 * that was behind, or came back from an old backup. Nothing was stored, and nothing is until what
 * is missing is there again, or this process is started anew: else two histories would begin, and
 * commands would be decided on what is no more.
 */
public final class LogShortenedException extends LogUnavailableException {
    private static final long serialVersionUID = 1;

    private LogShortenedException(String what) {
        super(
                what
                        + ": it has lost some; get them back with ./pms restore --roll-forward; what no archive has is lost, and processes that knew it must be started again",
                null);
    }

    static LogShortenedException shorter(long size, long knownSize) {
        return new LogShortenedException(
                "the database has %,d events and had %,d".formatted(size, knownSize));
    }

    static LogShortenedException broughtBack() {
        return new LogShortenedException(
                "the log has lost events, or was brought back, and may lack some that this process has heard of");
    }

    static LogShortenedException other(long position) {
        return new LogShortenedException(
                "the database had another event at position %,d".formatted(position));
    }
}
