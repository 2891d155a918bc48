package io.pms.standalone.openapi;

import io.pms.command.Bounds;
import io.pms.command.api.CommandApi;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The headers that requests may carry and answers do. */
final class Headers {
    static final List<String> OF_COMMANDS =
            List.of("X-Tenant", "X-Actor", "Idempotency-Key", "If-Match", "traceparent");

    static final List<String> OF_BATCHES = List.of("X-Tenant", "X-Actor", "traceparent");
    static final List<String> OF_QUERIES = List.of("X-Tenant", "X-Actor", "PMS-Min-Position");
    static final List<String> OF_STREAMS = List.of("X-Tenant", "X-Actor", "Last-Event-ID");
    static final List<String> OF_IMPORTS = List.of("X-Tenant", "X-Actor");

    private Headers() {}

    static Stream<Parameter> references(List<String> names) {
        return names.stream().map(name -> new Parameter().$ref("#/components/parameters/" + name));
    }

    /** The request headers, by their names. */
    static Map<String, Parameter> parameters() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        add(
                parameters,
                "X-Tenant",
                "The organisation; everything seen or changed belongs to it. `default` when absent.",
                Shapes.pattern(Bounds.PERSON_PATTERN));
        add(
                parameters,
                "X-Actor",
                "Opaque id of the person who acts. `default` when absent.",
                Shapes.pattern(Bounds.PERSON_PATTERN));
        add(
                parameters,
                "Idempotency-Key",
                "Names this one request, for ever: repeated, it gets the first answer and changes nothing. The server makes one when it is absent.",
                Shapes.text(CommandApi.MAX_KEY));
        add(
                parameters,
                "If-Match",
                "The `ETag` of the last answer: the command is refused when the aggregate has changed since. `*` is the same as none.",
                Shapes.pattern("(?:\\*|\"[0-9]{1,18}\"|[0-9]{1,18})"));
        add(
                parameters,
                "PMS-Min-Position",
                "The `PMS-Position` of an answer: the query waits until its data hold that position, so that you read your own writes. Beyond the log's end it is refused.",
                Shapes.integer(-1, Long.MAX_VALUE));
        add(
                parameters,
                "Last-Event-ID",
                "The id of the last event that was received, or the `PMS-Position` of an answer: the stream begins after it. It begins now when it is absent. Beyond the log's end it is refused.",
                Shapes.integer(-1, Long.MAX_VALUE));
        add(
                parameters,
                "traceparent",
                "W3C Trace Context; kept with the events. One that is malformed is ignored.",
                Shapes.text());
        return parameters;
    }

    private static void add(
            Map<String, Parameter> parameters, String name, String description, Schema<?> schema) {
        parameters.put(
                name, new HeaderParameter().name(name).description(description).schema(schema));
    }

    static Header position() {
        return header("The last position of the log that the answer shows.", Shapes.of("integer"));
    }

    static Header beginning() {
        return header("The position after which the stream begins.", Shapes.of("integer"));
    }

    static Header entityTag() {
        return header(
                "The aggregate's version, to be sent as `If-Match`.", Shapes.pattern("\"[0-9]+\""));
    }

    static Header key() {
        return header("The key of the request, also where the server made it.", Shapes.text());
    }

    static Header replayed() {
        return header(
                "`true` when the request was accepted before and this is its first answer again; else absent.",
                Shapes.choice(List.of("true")));
    }

    private static Header header(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }
}
