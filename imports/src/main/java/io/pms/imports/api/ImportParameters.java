package io.pms.imports.api;

import io.pms.command.Bounds;
import io.pms.http.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query's parameters. Read from the query alone: asking the request for parameters would read
 * the body where a client calls it a form.
 *
 * @param file the file's name
 * @param project the project's name; null for the file's own
 */
record ImportParameters(String file, @Nullable String project) {

    /**
     * @throws Problem 400 when one is missing, unknown, repeated, blank or too long
     */
    static ImportParameters of(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        if (query != null && !query.isEmpty())
            for (String pair : query.split("&", -1)) take(values, pair);
        String file = values.remove("file");
        String project = values.remove("project");
        if (!values.isEmpty())
            throw bad(
                    "there is no parameter "
                            + values.keySet().iterator().next()
                            + "; there are file and project");
        if (file == null) throw bad("the parameter file, the file's name, is missing");
        return new ImportParameters(file, project);
    }

    private static void take(Map<String, String> values, String pair) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        if (value.isBlank() || value.length() > Bounds.MAX_NAME)
            throw bad(
                    "the parameter "
                            + name
                            + " must have 1 to "
                            + Bounds.MAX_NAME
                            + " characters, not all of them blank");
        if (values.put(name, value) != null) throw bad("the parameter " + name + " is given twice");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            Problem problem = bad("the query is not properly percent-encoded");
            problem.initCause(e);
            throw problem;
        }
    }

    private static Problem bad(String detail) {
        return new Problem(400, "bad-parameter", "A parameter is malformed", detail);
    }
}
