package io.pms.standalone.openapi;

import io.pms.command.api.CommandCatalog;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A path for every command. {@code commands.json} says what each is for, with an example; one after
 * the other, the examples are accepted.
 */
final class CommandPaths {
    static final String PREFIX = "/api/commands/";

    private final CommandSchemas schemas;
    private final AnswerSchemas answers;

    CommandPaths(CommandSchemas schemas, AnswerSchemas answers) {
        this.schemas = schemas;
        this.answers = answers;
    }

    /**
     * @param example members in the order in which they are shown
     */
    private record Text(
            String summary, @Nullable String description, LinkedHashMap<String, Object> example) {}

    /**
     * The paths, in the order in which their examples work.
     *
     * @param answer what an accepted command is answered
     */
    Map<String, PathItem> paths(Class<?> answer) {
        Map<String, Text> texts = texts();
        if (!texts.keySet().containsAll(CommandCatalog.names()))
            throw new IllegalStateException(
                    "commands.json must have all of " + CommandCatalog.names());
        Map<String, PathItem> paths = new LinkedHashMap<>();
        texts.forEach((name, text) ->
                paths.put(PREFIX + name, new PathItem().post(operation(name, text, answer))));
        return paths;
    }

    private Operation operation(String name, Text text, Class<?> answer) {
        Operation operation =
                new Operation()
                        .operationId(name)
                        .addTagsItem("commands")
                        .summary(text.summary())
                        .description(text.description())
                        .parameters(Headers.references(Headers.OF_COMMANDS).toList())
                        .requestBody(body(name, text));
        ApiResponses responses = new ApiResponses().addApiResponse("200", accepted(answer));
        for (int status : Endpoint.OF_COMMANDS)
            responses.addApiResponse(String.valueOf(status), Problems.reference(status));
        return operation.responses(responses);
    }

    private RequestBody body(String name, Text text) {
        MediaType json = new MediaType().schema(schemas.body(name)).example(text.example());
        return new RequestBody()
                .required(true)
                .content(new Content().addMediaType("application/json", json));
    }

    private ApiResponse accepted(Class<?> answer) {
        return new ApiResponse()
                .description("Accepted, and durable.")
                .addHeaderObject("PMS-Position", Headers.position())
                .addHeaderObject("ETag", Headers.entityTag())
                .addHeaderObject("Idempotency-Key", Headers.key())
                .addHeaderObject("Idempotency-Replayed", Headers.replayed())
                .content(
                        new Content()
                                .addMediaType(
                                        "application/json",
                                        new MediaType().schema(answers.of(answer))));
    }

    private static Map<String, Text> texts() {
        try (InputStream in = CommandPaths.class.getResourceAsStream("commands.json")) {
            return JsonMapper.builder()
                    .build()
                    .readValue(
                            Objects.requireNonNull(in),
                            new TypeReference<LinkedHashMap<String, Text>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
