package io.pms.query;

import io.pms.http.Problem;
import org.jspecify.annotations.Nullable;

/** Tells apart what is there and what is not. */
public final class Found {
    private Found() {}

    /**
     * @param what what is looked for, in words
     * @throws Problem 404 when it is not there
     */
    public static <T> T required(@Nullable T found, String what, String id) {
        if (found == null)
            throw new Problem(404, "not-found", "Not found", "there is no " + what + " " + id);
        return found;
    }
}
