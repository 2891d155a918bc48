package io.pms.standalone.openapi;

import io.pms.command.api.CommandApi;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Says what springdoc cannot see, because controllers read requests strictly and by themselves.
 * Which endpoints there are remains springdoc's: one that {@link Endpoint} does not know is left as
 * it was found.
 */
final class ApiDocument implements OpenApiCustomizer {
    private final String version;
    private final RequestMappingHandlerMapping mapping;

    ApiDocument(String version, RequestMappingHandlerMapping mapping) {
        this.version = version;
        this.mapping = mapping;
    }

    @Override
    public void customise(OpenAPI document) {
        AnswerSchemas answers = new AnswerSchemas();
        CommandSchemas commands = new CommandSchemas();
        document.info(info()).tags(tags());
        Paths found = document.getPaths();
        Paths paths = new Paths();
        new CommandPaths(commands, answers)
                .paths(CommandApi.Answer.class)
                .forEach(paths::addPathItem);
        found.remove(CommandPaths.PREFIX + "{command}");
        for (Endpoint endpoint : Endpoint.ALL) {
            String path = endpoint.request().split(" ")[1];
            PathItem item = found.get(path);
            if (item == null) continue;
            describe(endpoint, item, answers);
            paths.addPathItem(path, item);
        }
        found.forEach(paths::putIfAbsent);
        document.setPaths(paths);
        document.setComponents(components(commands, answers));
    }

    private Info info() {
        return new Info()
                .title("PMS")
                .version(version)
                .description(
                        "Project management that can prove what happened. Commands change things and are answered after their events are durable; queries show what follows, a moment later: send the `PMS-Position` of a command's answer as `PMS-Min-Position` to read your own write. What is not understood is refused with a problem document that says what would be right.");
    }

    private static List<Tag> tags() {
        return Stream.of(
                        "commands",
                        "projects",
                        "tasks",
                        "people",
                        "activity",
                        "imports",
                        "projections",
                        "log",
                        "archive",
                        "health")
                .map(name -> new Tag().name(name))
                .toList();
    }

    private void describe(Endpoint endpoint, PathItem item, AnswerSchemas answers) {
        HttpMethod method = HttpMethod.valueOf(endpoint.request().split(" ")[0]);
        Operation operation = item.readOperationsMap().get(method);
        if (operation == null) return;
        operation.operationId(endpoint.name()).summary(endpoint.summary());
        operation.setTags(List.of(endpoint.tag()));
        operation.setParameters(parameters(endpoint, operation));
        operation.setResponses(new ApiResponses());
        switch (endpoint.name()) {
            case "executeMany" -> StreamedBodies.describeBatch(operation);
            case "importFile" -> StreamedBodies.describeImport(operation);
            case "streamActivity" -> StreamedBodies.describeLive(operation, answers);
            case "getCheckpoint" -> LogBodies.describeCheckpoint(operation);
            case "getTile" -> LogBodies.describeTile(operation);
            case "getEntryBundle" -> LogBodies.describeBundle(operation);
            case "getEntry" -> LogBodies.describeEntry(operation);
            case "getProofFile" -> LogBodies.describeProof(operation);
            default -> answer(endpoint, operation, answers);
        }
        for (int status : endpoint.problems())
            operation
                    .getResponses()
                    .addApiResponse(String.valueOf(status), Problems.reference(status));
    }

    private static List<Parameter> parameters(Endpoint endpoint, Operation operation) {
        List<Parameter> all = new ArrayList<>();
        if (operation.getParameters() != null)
            operation.getParameters().stream()
                    .filter(parameter -> "path".equals(parameter.getIn()))
                    .map(parameter -> parameter.schema(Shapes.text().minLength(1)))
                    .forEach(all::add);
        all.addAll(endpoint.parameters());
        Headers.references(endpoint.headers()).forEach(all::add);
        return all;
    }

    private void answer(Endpoint endpoint, Operation operation, AnswerSchemas answers) {
        Content content =
                new Content()
                        .addMediaType(
                                "application/json",
                                new MediaType().schema(answers.of(returned(endpoint.request()))));
        ApiResponse ok = new ApiResponse().description("As asked for.").content(content);
        if (endpoint.showsAPosition()) ok.addHeaderObject("PMS-Position", Headers.position());
        if (endpoint.showsOne()) ok.addHeaderObject("ETag", Headers.entityTag());
        operation.getResponses().addApiResponse(endpoint.success(), ok);
        if (endpoint.name().equals("getHealth"))
            operation
                    .getResponses()
                    .addApiResponse(
                            "503",
                            new ApiResponse()
                                    .description("Unhealthy: nothing can be stored.")
                                    .content(content));
    }

    /** What the endpoint's method answers, without what Spring wraps it in. */
    private Type returned(String request) {
        Type type =
                mapping.getHandlerMethods().entrySet().stream()
                        .filter(entry -> requests(entry.getKey()).anyMatch(request::equals))
                        .map(entry -> entry.getValue().getMethod().getGenericReturnType())
                        .findFirst()
                        .orElseThrow();
        return type instanceof ParameterizedType wrapped
                        && wrapped.getRawType() == ResponseEntity.class
                ? wrapped.getActualTypeArguments()[0]
                : type;
    }

    private static Stream<String> requests(RequestMappingInfo info) {
        return info.getMethodsCondition().getMethods().stream()
                .flatMap(method ->
                        info.getPatternValues().stream().map(path -> method + " " + path));
    }

    private static Components components(CommandSchemas commands, AnswerSchemas answers) {
        Components components = new Components();
        StreamedBodies.components(answers).forEach(components::addSchemas);
        commands.components().forEach(components::addSchemas);
        answers.components().forEach(components::addSchemas);
        Problems.components().forEach(components::addSchemas);
        Problems.responses().forEach(components::addResponses);
        Headers.parameters().forEach(components::addParameters);
        return components;
    }
}
