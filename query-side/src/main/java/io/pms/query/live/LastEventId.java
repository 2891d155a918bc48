package io.pms.query.live;

import io.pms.http.Problem;
import io.pms.query.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Where a client goes on. */
final class LastEventId {
    /** For clients that cannot set headers. */
    static final String PARAMETER = "lastEventId";

    private static final String HEADER = "Last-Event-ID";

    private LastEventId() {}

    /**
     * The position after which the stream begins: that of the header, which browsers set when they
     * come back to the same address; else that of the parameter; else the last of the log.
     *
     * @throws Problem 400 when it is none, or beyond the log's head
     */
    static long of(HttpServletRequest request, Parameters parameters, long size) {
        String header = request.getHeader(HEADER);
        String text = header == null ? parameters.text(PARAMETER) : header;
        if (text == null) return size - 1;
        Long position = position(text);
        if (position == null) throw header == null ? badParameter() : badHeader();
        if (position >= size)
            throw new Problem(
                    400,
                    "position-beyond-head",
                    "No such position",
                    HEADER + " is " + position + ", but the log ends at " + (size - 1));
        return position;
    }

    private static @Nullable Long position(String text) {
        try {
            long position = Long.parseLong(text);
            return position >= -1 ? position : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Problem badHeader() {
        return new Problem(
                400,
                "bad-header",
                "A header is malformed",
                HEADER + " must be the id of an event, or the PMS-Position of an answer");
    }

    private static Problem badParameter() {
        return new Problem(
                400,
                "bad-parameter",
                "A parameter is malformed",
                "the parameter "
                        + PARAMETER
                        + " must be the id of an event, or the PMS-Position of an answer");
    }
}
