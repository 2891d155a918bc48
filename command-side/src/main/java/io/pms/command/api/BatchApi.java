package io.pms.command.api;

import io.pms.command.Accepted;
import io.pms.command.Bounds;
import io.pms.command.Command;
import io.pms.command.CommandRequest;
import io.pms.command.Commands;
import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.http.Problem;
import io.pms.http.ProblemDocument;
import io.pms.http.RequestBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many commands at once, a line each, answered by a line each in the same order. Lines for one
 * aggregate run in their order, others side by side; a line that is refused does not stop the
 * others.
 *
 * <p>The answers are sent after the last line has been read, so that a client which sends
 * everything before it reads does not block; that is why a batch has a bound.
 */
@RestController
public class BatchApi {
    /** Lines a batch: some 20 MB of answers in memory. */
    private static final int MAX_LINES = 100_000;

    /** Lines under way at once. */
    private static final int MAX_IN_FLIGHT = 256;

    private static final Logger LOGGER = LoggerFactory.getLogger(BatchApi.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Commands commands;
    private final CallerResolver callers;

    public BatchApi(Commands commands, CallerResolver callers) {
        this.commands = commands;
        this.callers = callers;
    }

    @PostMapping(
            path = "/api/commands",
            consumes = "application/x-ndjson",
            produces = "application/x-ndjson")
    public ResponseEntity<byte[]> many(HttpServletRequest http) throws IOException {
        Caller caller = callers.resolve(http);
        Batch batch = new Batch(caller, TraceContext.of(http));
        try (InputStream in = new BufferedInputStream(http.getInputStream(), 1 << 16)) {
            byte[] line = readLine(in);
            for (int number = 1; line != null; number++) {
                Problem end = end(number, line);
                if (end != null) {
                    batch.refuse(number, end);
                    break;
                }
                if (line.length > 0) batch.take(number, line);
                line = readLine(in);
            }
        }
        return batch.answer();
    }

    /** Why this line and those after it are not executed; those before it are. */
    private static @Nullable Problem end(int number, byte[] line) {
        String rest = "this line and those after it were not executed; ";
        if (number > MAX_LINES)
            return new Problem(
                    413,
                    "batch-too-long",
                    "The batch is too long",
                    rest + "a batch has at most " + MAX_LINES + " lines");
        if (line.length > RequestBodies.MAX_COMMAND)
            return new Problem(
                    413,
                    "body-too-large",
                    "The body is too large",
                    rest + "a line has at most " + RequestBodies.MAX_COMMAND + " bytes");
        return null;
    }

    /** The next line without its end, cut where it is too long; null at the end of the body. */
    private static byte @Nullable [] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) return line.size() == 0 ? null : line.toByteArray();
            if (line.size() > RequestBodies.MAX_COMMAND) break;
            if (b != '\r') line.write(b);
        }
        return line.toByteArray();
    }

    private final class Batch {
        private final Caller caller;
        private final @Nullable String traceparent;
        private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
        private final Map<String, CompletableFuture<?>> lastOf = new HashMap<>();
        private final List<CompletableFuture<Map<String, Object>>> answers = new ArrayList<>();

        Batch(Caller caller, @Nullable String traceparent) {
            this.caller = caller;
            this.traceparent = traceparent;
        }

        void take(int number, byte[] line) {
            try {
                CommandRequest request = parse(line);
                String aggregate = request.aggregateId();
                CompletableFuture<?> before =
                        lastOf.getOrDefault(aggregate, CompletableFuture.completedFuture(null));
                inFlight.acquireUninterruptibly();
                CompletableFuture<Map<String, Object>> answer =
                        before.handle((done, failure) -> commands.dispatch(request))
                                .thenCompose(future -> future)
                                .handle((accepted, failure) -> answer(number, accepted, failure));
                CompletableFuture<?> ended =
                        answer.whenComplete((done, failure) -> inFlight.release());
                lastOf.put(aggregate, ended);
                answers.add(answer);
            } catch (RuntimeException e) {
                refuse(number, problem(e));
            }
        }

        void refuse(int number, Problem problem) {
            answers.add(
                    CompletableFuture.completedFuture(
                            line(number, ProblemDocument.members(problem))));
        }

        /**
         * Nobody repeats a key that was made here, and without one in it a line could be guessed
         * from its hash.
         */
        @SuppressWarnings("NullAway") // a compiled record hides that its array may be null
        private CommandRequest parse(byte[] line) {
            ObjectNode json = CommandReader.object(line);
            String name = CommandReader.text(json, "command");
            if (name == null)
                throw CommandReader.bad(
                        "missing-member",
                        "/command",
                        "a line needs \"command\", the command's name",
                        null);
            String given = CommandReader.text(json, "idempotencyKey");
            String key = CommandApi.key(given);
            String actor = person(CommandReader.text(json, "actor"));
            String reason = CommandReader.reason(name, json);
            Instant occurredAt = CommandReader.time(json, "occurredAt");
            Long ifMatch = number(json.remove("ifMatch"));
            JsonNode data = json.remove("data");
            if (!json.isEmpty())
                throw CommandReader.bad(
                        "unknown-member",
                        "/" + json.propertyNames().iterator().next(),
                        "a line has command, idempotencyKey, actor, reason, occurredAt, ifMatch and data",
                        null);
            if (!(data instanceof ObjectNode members))
                throw CommandReader.bad(
                        "missing-member",
                        "/data",
                        "a line needs \"data\", an object with the command's members",
                        null);
            Command command = CommandReader.command(name, members, caller.tenant(), key);
            return new CommandRequest(
                    command,
                    caller.tenant(),
                    actor == null ? caller.actor() : actor,
                    key,
                    ifMatch,
                    reason,
                    occurredAt,
                    traceparent,
                    Map.of(),
                    given == null ? null : CommandApi.sha256().digest(line));
        }

        private static @Nullable String person(@Nullable String actor) {
            if (actor != null && !Bounds.isPerson(actor))
                throw CommandReader.bad(
                        "bad-member",
                        "/actor",
                        "actor must have 1 to 64 characters of A-Z a-z 0-9 . _ @ : -",
                        null);
            return actor;
        }

        private static @Nullable Long number(@Nullable JsonNode value) {
            if (value == null || value.isNull()) return null;
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0)
                throw CommandReader.bad(
                        "bad-member", "/ifMatch", "ifMatch must be a sequence number", null);
            return value.longValue();
        }

        private Map<String, Object> answer(
                int number, @Nullable Accepted accepted, @Nullable Throwable failure) {
            if (accepted == null) return line(number, ProblemDocument.members(problem(failure)));
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("status", 200);
            members.put("aggregateId", accepted.aggregateId());
            members.put("sequence", accepted.sequence());
            members.put("position", accepted.position());
            if (accepted.replayed()) members.put("replayed", true);
            return line(number, members);
        }

        private static Problem problem(@Nullable Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof Problem problem) return problem;
            String id = UUID.randomUUID().toString();
            LOGGER.error("a line of a batch failed, id {}", id, cause);
            return new Problem(
                            500,
                            "internal-error",
                            "Internal error",
                            "something failed that was not foreseen; its details are in the server's log under this id")
                    .with("id", id);
        }

        private static Map<String, Object> line(int number, Map<String, Object> members) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("line", number);
            line.putAll(members);
            return line;
        }

        ResponseEntity<byte[]> answer() {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            long position = -1;
            for (CompletableFuture<Map<String, Object>> answer : answers) {
                Map<String, Object> line = answer.join();
                if (line.get("position") instanceof Long at) position = Math.max(position, at);
                body.writeBytes(JSON.writeValueAsBytes(line));
                body.write('\n');
            }
            ResponseEntity.BodyBuilder response =
                    ResponseEntity.ok()
                            .contentType(MediaType.parseMediaType("application/x-ndjson"));
            if (position >= 0) response.header(CommandApi.POSITION, String.valueOf(position));
            return response.body(body.toByteArray());
        }
    }
}
