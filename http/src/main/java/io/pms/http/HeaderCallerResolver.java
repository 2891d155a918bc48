package io.pms.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Believes the headers {@code X-Tenant} and {@code X-Actor}; both are {@code default} when they are
 * absent.
 */
final class HeaderCallerResolver implements CallerResolver {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@:-]{1,64}");

    @Override
    public Caller resolve(HttpServletRequest request) {
        return new Caller(
                name("X-Tenant", request.getHeader("X-Tenant")),
                name("X-Actor", request.getHeader("X-Actor")));
    }

    private static String name(String header, @Nullable String value) {
        if (value == null) return "default";
        if (!NAME.matcher(value).matches())
            throw new Problem(
                    400,
                    "bad-header",
                    "A header is malformed",
                    header + " must have 1 to 64 characters of A-Z a-z 0-9 . _ @ : -");
        return value;
    }
}
