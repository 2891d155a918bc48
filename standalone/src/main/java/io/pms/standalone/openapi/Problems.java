package io.pms.standalone.openapi;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Answers that are not what the caller wanted, by their status. */
final class Problems {
    private static final String SCHEMA = "Problem";
    private static final BigDecimal LOWEST = BigDecimal.valueOf(400);

    private static final Map<Integer, String> DESCRIPTIONS =
            new TreeMap<>(
                    Map.of(
                            400,
                            "The request is malformed: `bad-header`, `bad-parameter`, `bad-cursor`, `position-beyond-head`, `malformed-json`, `missing-member`, `unknown-member`, `bad-member`, `bad-request`.",
                            404,
                            "There is no such thing, or not in the caller's organisation: `not-found`, `no-such-resource`, `no-checkpoint`, `entries-not-served`.",
                            406,
                            "It cannot be answered in what `Accept` asks for: `not-acceptable`.",
                            409,
                            "It exists already, others change it all the time, or it is too new: `already-exists`, `conflict`, `not-archived-yet`.",
                            412,
                            "It has changed since it was read: `stale-version`.",
                            413,
                            "It is too large: `body-too-large`, `event-too-large`, `import-too-large`.",
                            415,
                            "The body is of a type that is not taken: `unsupported-media-type`, `unknown-import-format`.",
                            422,
                            "The rules do not allow it: `invalid-value`, `illegal-transition`, `task-closed`, `project-archived`, `idempotency-key-reused`, `narrow-the-filter`, `bad-import-file`.",
                            500,
                            "Something failed that was not foreseen; `id` finds it in the log: `internal-error`. The archive is not what was written: `archive-damaged`.",
                            503,
                            "Not now; repeat it after `Retry-After`: `log-unavailable`, `outcome-unknown` and `not-archived` (with the same Idempotency-Key), `projections-unavailable`, `projection-rebuilding`, `projection-behind`, `aggregate-parked`, `too-many-imports`, `too-many-clients`, `archive-unavailable`."));

    private Problems() {}

    /** The shared answers, by their names among the components. */
    static Map<String, ApiResponse> responses() {
        Map<String, ApiResponse> responses = new TreeMap<>();
        DESCRIPTIONS.forEach((status, description) ->
                responses.put(name(status), response(status, description)));
        return responses;
    }

    static ApiResponse reference(int status) {
        return new ApiResponse().$ref("#/components/responses/" + name(status));
    }

    private static String name(int status) {
        return SCHEMA + status;
    }

    private static ApiResponse response(int status, String description) {
        ApiResponse response =
                new ApiResponse()
                        .description(description)
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType().schema(Shapes.reference(SCHEMA))));
        return status == 404 || status == 409 || status == 503
                ? response.addHeaderObject("Retry-After", retryAfter())
                : response;
    }

    private static Header retryAfter() {
        return new Header()
                .description("Seconds after which it may be repeated, where that may help.")
                .schema(Shapes.of("integer").minimum(BigDecimal.ZERO));
    }

    static Map<String, Schema<?>> components() {
        return Map.of(SCHEMA, schema());
    }

    private static Schema<?> schema() {
        Schema<?> schema =
                Shapes.object()
                        .description("An RFC 9457 problem document; a kind may have more members.");
        schema.addProperty("type", Shapes.pattern("urn:pms:problem:[a-z0-9-]+"));
        schema.addProperty("title", Shapes.text().description("The kind in words."));
        schema.addProperty(
                "status", Shapes.of("integer").minimum(LOWEST).maximum(BigDecimal.valueOf(599)));
        schema.addProperty(
                "detail", Shapes.text().description("What is wrong this time, and what to do."));
        schema.addProperty(
                "pointer", Shapes.text().description("The member that is wrong: a JSON pointer."));
        schema.addProperty("retryAfterSeconds", Shapes.of("integer").minimum(BigDecimal.ZERO));
        schema.addProperty(
                "id", Shapes.text().description("Finds the failure in the server's log."));
        for (String member : new String[] {"type", "title", "status", "detail"})
            schema.addRequiredItem(member);
        return schema;
    }
}
