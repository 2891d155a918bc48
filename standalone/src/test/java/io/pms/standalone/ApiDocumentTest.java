package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.command.api.CommandCatalog;
import io.pms.embedded.SharedServers;
import io.pms.standalone.Web.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document says what the server does: no more, no less. */
class ApiDocumentTest {
    private static final Pattern KNOWN = Pattern.compile("known are \\[(.*)]");

    private static final String STREAM = "GET /api/live";

    /** Everything that can be served is. */
    private static final Map<String, Object> ARCHIVE =
            Map.of(
                    "pms.archive.url",
                    "file:" + SharedServers.temporary("archive"),
                    "pms.archive.interval",
                    "20ms",
                    "pms.archive.serve",
                    "all",
                    "PMS_SIGNING_KEY",
                    Base64.getEncoder().encodeToString(new byte[32]));

    private static ApiServer server;
    private static JsonNode document;

    /** The answer to each command's example, sent in the document's order. */
    private static final Map<String, Answer> ANSWERS = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        server = new ApiServer(ARCHIVE);
        document = server.web().get("/v3/api-docs").json();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties())
            if (path.getKey().startsWith("/api/commands/")) {
                String name = path.getKey().substring("/api/commands/".length());
                ANSWERS.put(name, server.web().command(name, example(path.getValue()).toString()));
            }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode example(JsonNode path) {
        return path.at("/post/requestBody/content/application~1json/example");
    }

    private static JsonNode operation(String request) {
        String[] parts = request.split(" ");
        return document.path("paths").path(parts[1]).path(parts[0].toLowerCase());
    }

    private static Set<String> documented() {
        Set<String> requests = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties())
            for (Map.Entry<String, JsonNode> method : path.getValue().properties())
                requests.add(method.getKey().toUpperCase() + " " + path.getKey());
        return requests;
    }

    @Test
    void listsExactlyTheEndpointsThatThereAreAndDescribesEach() {
        Set<String> expected = new TreeSet<>(server.endpoints());
        assertThat(expected.remove("POST /api/commands/{command}")).isTrue();
        for (String command : CommandCatalog.names()) expected.add("POST /api/commands/" + command);
        assertThat(documented()).isEqualTo(expected);
        for (String request : documented())
            assertThat(operation(request).path("summary").asString(""))
                    .as("%s must be told about in Endpoint", request)
                    .isNotBlank();
    }

    @Test
    void namesEveryOperationOnceAndRefersOnlyToWhatIsThere() {
        List<String> names =
                documented().stream()
                        .map(request -> operation(request).path("operationId").asString(""))
                        .toList();
        assertThat(names).doesNotHaveDuplicates().doesNotContain("");
        for (JsonNode reference : document.findValues("$ref"))
            assertThat(document.at(reference.asString().substring(1)).isMissingNode())
                    .as("%s", reference)
                    .isFalse();
        assertThat(document.at("/info/title").asString()).isEqualTo("PMS");
        assertThat(document.at("/info/version").asString()).isEqualTo(Version.current());
    }

    @Test
    void givesExamplesThatAreAcceptedOneAfterTheOther() {
        assertThat(ANSWERS.keySet()).containsExactlyInAnyOrderElementsOf(CommandCatalog.names());
        ANSWERS.forEach((name, answer) ->
                assertThat(answer.status()).as("%s: %s", name, answer.json()).isEqualTo(200));
    }

    @Test
    void requiresOfACommandWhatTheServerRequires() {
        for (String name : CommandCatalog.names()) {
            JsonNode schema = document.path("components").path("schemas").path(name);
            JsonNode example = example(document.path("paths").path("/api/commands/" + name));
            List<String> required =
                    schema.path("required").valueStream().map(JsonNode::asString).toList();
            for (String member : required) {
                JsonNode without = example.deepCopy();
                ((ObjectNode) without).remove(member);
                Answer answer = server.web().command(name, without.toString());
                assertThat(answer.kind())
                        .as("%s without %s", name, member)
                        .isEqualTo("missing-member");
            }
            assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
            assertThat(names(schema.path("properties")))
                    .contains("reason", "occurredAt")
                    .containsAll(names(example));
        }
    }

    /** With something in place of what is variable. */
    private static String path(String request, String id) {
        return request.substring(request.indexOf('/'))
                .replace("{id}", id)
                .replace("{aggregateId}", id)
                .replace("{position}", "0")
                .replace("{level}", "0")
                .replace("{index}", "000.p/1")
                .replace("{name}", "tasks");
    }

    @Test
    void documentsEveryParameterThatAQueryKnows() {
        for (String request : documented()) {
            if (!request.startsWith("GET ")) continue;
            String path = path(request, "x");
            Answer answer = server.web().get(path + "?nonsense=1");
            Matcher known = KNOWN.matcher(answer.json().path("detail").asString(""));
            List<String> names =
                    known.find() && !known.group(1).isEmpty()
                            ? Arrays.asList(known.group(1).split(", "))
                            : List.of();
            assertThat(parameters(request).keySet())
                    .as("%s", request)
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void documentsTheValuesThatAParameterTakes() {
        for (String request : documented())
            parameters(request)
                    .forEach((name, schema) -> {
                        String query = request.substring(request.indexOf('/')) + "?" + name + "=";
                        if (!request.startsWith("GET ") || query.contains("{id}/activity")) return;
                        String url = path("GET " + query, "x");
                        for (JsonNode value : schema.path("enum")) {
                            String scope = value.asString().endsWith("wbs") ? "&project=x" : "";
                            assertThat(server.web().get(url + value.asString() + scope).status())
                                    .as("%s%s", url, value)
                                    .isEqualTo(200);
                        }
                        if (schema.has("enum"))
                            assertThat(server.web().get(url + "nonsense").kind())
                                    .isEqualTo("bad-parameter");
                        if (schema.has("maximum")) {
                            long max = schema.path("maximum").asLong();
                            assertThat(server.web().get(url + max))
                                    .returns(200, Web.Answer::status);
                            assertThat(server.web().get(url + (max + 1)).status()).isEqualTo(400);
                        }
                    });
    }

    private static long lastPosition() {
        return ANSWERS.values().stream()
                .mapToLong(answer -> answer.json().path("position").asLong())
                .max()
                .orElseThrow();
    }

    @Test
    void answersWhatItSays() {
        String position = String.valueOf(lastPosition());
        Map<String, String> ids =
                Map.of(
                        "/api/projects/{id}", "CreateProject",
                        "/api/tasks/{id}", "CreateTask",
                        "/api/tasks/{id}/activity", "CreateTask",
                        "/api/people/{id}", "RegisterPerson",
                        "/api/people/{id}/work", "RegisterPerson");
        for (String request : documented()) {
            if (!request.startsWith("GET ") || request.equals(STREAM)) continue;
            if (request.contains("{aggregateId}") || request.contains(" /log/")) continue;
            String path = request.substring(4);
            String id =
                    ids.containsKey(path)
                            ? ANSWERS.get(ids.get(path)).json().path("aggregateId").asString()
                            : "";
            String asked = path(request, id);
            Answer answer =
                    await().pollDelay(Duration.ZERO)
                            .until(
                                    () -> server.web().get(asked, "PMS-Min-Position", position),
                                    each -> each.status() != 503);
            assertThat(answer.status()).as("%s: %s", request, answer.json()).isEqualTo(200);
            JsonNode ok = operation(request).path("responses").path("200");
            Shape.require(
                    document, ok.at("/content/application~1json/schema"), answer.json(), request);
            for (String header : names(ok.path("headers")))
                assertThat(answer.http().headers().firstValue(header)).as(header).isPresent();
        }
        ANSWERS.forEach((name, answer) -> {
            JsonNode ok = operation("POST /api/commands/" + name).path("responses").path("200");
            Shape.require(
                    document, ok.at("/content/application~1json/schema"), answer.json(), name);
        });
    }

    @Test
    void provesAndServesWhatItSays() {
        String newest = "/log/proofs/inclusion?position=" + lastPosition();
        await().until(() -> web(newest).status() == 200);
        long size = web("/log/proofs/consistency?from=1").json().path("to").asLong();
        Map<String, String> queries =
                Map.of(
                        "/log/proofs/inclusion", "?position=0",
                        "/log/proofs/consistency", "?from=1");
        for (String request : documented()) {
            if (!request.contains(" /log/")) continue;
            String path = request.substring(4);
            Answer answer =
                    web(
                            path(request, "").replace(".p/1", ".p/" + size)
                                    + queries.getOrDefault(path, ""));
            assertThat(answer.status()).as("%s: %s", request, answer.json()).isEqualTo(200);
            JsonNode ok = operation(request).path("responses").path("200");
            String type = answer.http().headers().firstValue("Content-Type").orElse("");
            JsonNode content = ok.path("content").path(type);
            assertThat(content.isMissingNode()).as("%s: %s", request, type).isFalse();
            if (type.endsWith("json"))
                Shape.require(document, content.path("schema"), answer.json(), request);
            for (String header : names(ok.path("headers")))
                assertThat(answer.http().headers().firstValue(header)).as(header).isPresent();
        }
    }

    private static Answer web(String path) {
        return server.web().get(path);
    }

    /** Also for who would take it compressed, which would hold events back. */
    @Test
    void streamsWhatItSays() {
        JsonNode ok = operation(STREAM).path("responses").path("200");
        Web.Event event =
                server.web()
                        .firstEvent("/api/live?lastEventId=-1", "Accept-Encoding", "gzip, deflate");
        assertThat(event.http().headers().firstValue("Content-Encoding")).isEmpty();
        for (String header : names(ok.path("headers")))
            assertThat(event.http().headers().firstValue(header)).as(header).isPresent();
        JsonNode events = ok.at("/content/text~1event-stream");
        assertThat(event.type()).startsWith("pms.");
        Shape.require(document, events.path("x-itemSchema"), event.data(), STREAM);
    }

    @Test
    void documentsTheProblemsOfTheWebServerToo() {
        for (String path : List.of("/api/tasks/%00", "/api/tasks/a%2Fb", "/api/tasks?limit=%ff")) {
            Answer answer = server.web().get(path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            Shape.require(
                    document, document.at("/components/schemas/Problem"), answer.json(), path);
            assertThat(answer.http().headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/problem+json");
        }
        assertThat(server.web().get("/error").kind()).isEqualTo("no-such-resource");
        Answer method = server.web().get("/api/imports");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.http().headers().firstValue("Allow")).contains("POST");
    }

    private static Map<String, JsonNode> parameters(String request) {
        return operation(request)
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString("").equals("query"))
                .collect(
                        Collectors.toMap(
                                parameter -> parameter.path("name").asString(),
                                parameter -> parameter.path("schema")));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
