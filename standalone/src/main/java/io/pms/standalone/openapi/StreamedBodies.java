package io.pms.standalone.openapi;

import io.pms.command.Bounds;
import io.pms.command.api.CommandApi;
import io.pms.command.api.CommandCatalog;
import io.pms.imports.Summary;
import io.pms.query.activity.Activity;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bodies that are lines of JSON, or events. OpenAPI 3.1 has no schema for one of them; {@code
 * x-itemSchema} is what its successor calls {@code itemSchema}.
 */
final class StreamedBodies {
    private static final String LINES = "application/x-ndjson";
    private static final String EXAMPLE =
            """
            {"command":"RegisterPerson","idempotencyKey":"person-7","data":{"name":"Bob Example"}}
            {"command":"RegisterPerson","idempotencyKey":"person-8","data":{"name":"Eve Example"}}
            """;

    private static final String EVENTS = "text/event-stream";
    private static final String EVENT =
            """
            id: 7
            event: pms.project.ProjectArchived.v1
            data: {"position":7,"type":"pms.project.ProjectArchived.v1",…}

            """;

    private StreamedBodies() {}

    /** The schemas of the lines, by name. */
    static Map<String, Schema<?>> components(AnswerSchemas answers) {
        Map<String, Schema<?>> components = new LinkedHashMap<>();
        components.put("BatchLine", batchLine());
        components.put("BatchAnswer", batchAnswer());
        components.put("ImportProgress", progress());
        components.put(
                "ImportLine",
                Shapes.anyOf(
                        Shapes.reference("ImportProgress"),
                        answers.of(Summary.class),
                        Shapes.reference("Problem")));
        return components;
    }

    static void describeBatch(Operation batch) {
        MediaType lines = lines("BatchLine").example(EXAMPLE);
        batch.description(
                "Lines for one aggregate run in their order, others side by side; a line that is refused does not stop the others. At most 100,000 lines of at most 1 MiB.");
        batch.requestBody(
                new RequestBody().required(true).content(new Content().addMediaType(LINES, lines)));
        batch.getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("An answer a line: accepted, or a problem.")
                                .addHeaderObject("PMS-Position", Headers.position())
                                .content(new Content().addMediaType(LINES, lines("BatchAnswer"))));
    }

    static void describeImport(Operation importing) {
        Schema<?> file = Shapes.text().description("The file, as it is.");
        importing.description(
                "Plans of Microsoft Project, Primavera and others, and event histories in XES. The same content under the same project name is imported once, however often it is sent.");
        importing.requestBody(
                new RequestBody()
                        .required(true)
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/octet-stream",
                                                new MediaType().schema(file))));
        importing
                .getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description(
                                        "Lines of progress; the last line is the summary, or the problem that stopped it.")
                                .content(new Content().addMediaType(LINES, lines("ImportLine"))));
    }

    static void describeLive(Operation live, AnswerSchemas answers) {
        MediaType events = new MediaType().schema(Shapes.text()).example(EVENT);
        events.addExtension("x-itemSchema", Map.of("$ref", answers.of(Activity.class).get$ref()));
        live.description(
                "Each event's `id` is its position, `event` its type and `data` what `/api/activity` shows of it, on one line. All of them come, in order, also to a client that comes back with the last `id` that it received. Blocks with an `id` alone, the first one and every 15 seconds, say how far the stream is.");
        live.getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("Events, until the client or the server ends it.")
                                .addHeaderObject("PMS-Position", Headers.beginning())
                                .content(new Content().addMediaType(EVENTS, events)));
    }

    private static MediaType lines(String component) {
        MediaType lines = new MediaType().schema(Shapes.text());
        lines.addExtension("x-itemSchema", Map.of("$ref", Shapes.reference(component).get$ref()));
        return lines;
    }

    private static Schema<?> batchLine() {
        Schema<?> line = Shapes.object().additionalProperties(false);
        line.addProperty("command", Shapes.choice(CommandCatalog.names()));
        line.addProperty(
                "data", Shapes.object().description("The command's members, as in its own path."));
        line.addProperty("idempotencyKey", Shapes.nullable(Shapes.text(CommandApi.MAX_KEY)));
        line.addProperty("actor", Shapes.nullable(Shapes.pattern(Bounds.PERSON_PATTERN)));
        line.addProperty("ifMatch", Shapes.nullable(Shapes.integer(0, Long.MAX_VALUE)));
        line.addProperty("reason", CommandSchemas.reason());
        line.addProperty("occurredAt", CommandSchemas.occurredAt());
        line.setRequired(List.of("command", "data"));
        return line;
    }

    /** Of an accepted line, or of a problem; both have the line and the status. */
    private static Schema<?> batchAnswer() {
        Schema<?> answer = Shapes.object();
        answer.addProperty(
                "line", Shapes.integer(1, Integer.MAX_VALUE).description("The line's number."));
        answer.addProperty("status", Shapes.of("integer").description("200, or a problem's."));
        answer.addProperty("aggregateId", Shapes.uuid());
        answer.addProperty("sequence", Shapes.of("integer"));
        answer.addProperty("position", Shapes.of("integer"));
        answer.addProperty("replayed", Shapes.of("boolean"));
        for (String member : new String[] {"type", "title", "detail"})
            answer.addProperty(member, Shapes.text());
        answer.setRequired(List.of("line", "status"));
        return answer;
    }

    private static Schema<?> progress() {
        Schema<?> progress = Shapes.object();
        progress.addProperty(
                "phase", Shapes.choice(List.of("project", "people", "tasks", "visible")));
        progress.addProperty("done", Shapes.of("integer"));
        progress.addProperty("total", Shapes.of("integer"));
        progress.setRequired(List.of("phase", "done", "total"));
        return progress;
    }
}
