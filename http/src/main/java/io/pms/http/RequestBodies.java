package io.pms.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** Reads request bodies into memory, up to a bound. */
public final class RequestBodies {
    /**
     * An entry has at most 64 KB; this leaves room for whatever a command says more than its event.
     */
    public static final int MAX_COMMAND = 1 << 20;

    private RequestBodies() {}

    /**
     * The whole body.
     *
     * @throws Problem 413 when it is longer than {@code max} bytes; no more than that is read
     */
    public static byte[] read(HttpServletRequest request, int max) throws IOException {
        if (request.getContentLengthLong() > max) throw tooLarge(max);
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(max + 1);
            if (body.length > max) throw tooLarge(max);
            return body;
        }
    }

    public static Problem tooLarge(int max) {
        return new Problem(
                413,
                "body-too-large",
                "The body is too large",
                "the body is longer than " + max + " bytes; nothing was stored");
    }
}
