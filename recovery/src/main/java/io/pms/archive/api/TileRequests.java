package io.pms.archive.api;

import io.pms.http.Problem;
import io.pms.tlog.FormatException;
import io.pms.tlog.TilePath;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Which tile is asked for. There is one path for each, as it is written: no other is understood.
 */
final class TileRequests {
    private static final String PREFIX = "/log/";

    private TileRequests() {}

    /**
     * @throws Problem 404 when it is no tile's path
     */
    static TilePath path(HttpServletRequest request) {
        String uri = request.getRequestURI();
        try {
            return TilePath.parse(
                    uri.substring(request.getContextPath().length() + PREFIX.length()));
        } catch (FormatException e) {
            throw missing(uri, "no tile has this path");
        }
    }

    /** As C2SP tlog-tiles wants it: readers take the full one where a partial one is gone. */
    static Problem missing(TilePath path) {
        return missing(
                PREFIX + path,
                path.isPartial()
                        ? "it may be full by now, at " + PREFIX + path.full()
                        : "no checkpoint covers it");
    }

    private static Problem missing(String path, String why) {
        return new Problem(
                404,
                "no-such-resource",
                "No such resource",
                "there is nothing at " + path + ": " + why);
    }
}
