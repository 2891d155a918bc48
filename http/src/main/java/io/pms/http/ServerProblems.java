package io.pms.http;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What the web server answers by itself, before a request reaches a controller, as problems. */
final class ServerProblems {
    private ServerProblems() {}

    static Problem of(int status) {
        return switch (status) {
            case 400 ->
                    new Problem(
                            400,
                            "bad-request",
                            "The request is malformed",
                            "the request cannot be read; a path or query must be percent-encoded, and a path cannot hold %00, %2F or %5C");
            case 404 ->
                    new Problem(
                            404,
                            "no-such-resource",
                            "No such resource",
                            "there is nothing here; /v3/api-docs lists what there is");
            default -> named(status);
        };
    }

    private static Problem named(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "Status " + status : known.getReasonPhrase();
        return new Problem(
                status,
                title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                title,
                "the web server did not take the request");
    }
}
