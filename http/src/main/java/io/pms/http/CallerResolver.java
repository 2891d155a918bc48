package io.pms.http;

import jakarta.servlet.http.HttpServletRequest;

/** Tells who calls. The one place that real authentication replaces. */
public interface CallerResolver {
    /**
     * @throws Problem 400 or 401 when the request does not say so properly
     */
    Caller resolve(HttpServletRequest request);
}
