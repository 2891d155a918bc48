package io.pms.command.api;

import io.pms.command.Accepted;
import io.pms.command.CommandRequest;
import io.pms.command.Commands;
import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.http.Problem;
import io.pms.http.RequestBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands over HTTP. A command is answered after its events are durable; an {@code
 * Idempotency-Key} makes it safe to repeat for ever, {@code If-Match} decides only on the version
 * that the caller has seen.
 */
@RestController
public class CommandApi {
    static final String POSITION = "PMS-Position";
    static final String REPLAYED = "Idempotency-Replayed";

    /** Characters of an Idempotency-Key. */
    public static final int MAX_KEY = 255;

    /** A sequence number; people forget the quotes. */
    private static final Pattern TAG = Pattern.compile("(\"?)([0-9]{1,18})\\1");

    private final Commands commands;
    private final CallerResolver callers;

    public CommandApi(Commands commands, CallerResolver callers) {
        this.commands = commands;
        this.callers = callers;
    }

    /** Every command with its members. */
    @GetMapping("/api/commands")
    public Map<String, List<CommandCatalog.Member>> list() {
        Map<String, List<CommandCatalog.Member>> catalog = new LinkedHashMap<>();
        for (String name : CommandCatalog.names()) catalog.put(name, CommandCatalog.members(name));
        return catalog;
    }

    /** What an accepted command is answered. */
    public record Answer(String aggregateId, long sequence, long position) {}

    /**
     * One command; its members are those of the body, beside {@code reason} and {@code occurredAt}.
     */
    @PostMapping(path = "/api/commands/{command}", consumes = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<Answer> one(@PathVariable String command, HttpServletRequest http)
            throws IOException {
        Caller caller = callers.resolve(http);
        byte[] body = RequestBodies.read(http, RequestBodies.MAX_COMMAND);
        String key = key(http.getHeader("Idempotency-Key"));
        Long ifMatch = version(http.getHeader(HttpHeaders.IF_MATCH));
        String traceparent = TraceContext.of(http);
        ObjectNode json = CommandReader.object(body);
        String reason = CommandReader.reason(command, json);
        Instant occurredAt = CommandReader.time(json, "occurredAt");
        CommandRequest request =
                new CommandRequest(
                        CommandReader.command(command, json, caller.tenant(), key),
                        caller.tenant(),
                        caller.actor(),
                        key,
                        ifMatch,
                        reason,
                        occurredAt,
                        traceparent,
                        Map.of(),
                        hash(key, command, body));
        return answer(key, await(request));
    }

    private Accepted await(CommandRequest request) {
        try {
            return commands.dispatch(request).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private static ResponseEntity<Answer> answer(String key, Accepted accepted) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.ok()
                        .eTag("\"" + accepted.sequence() + "\"")
                        .header(POSITION, String.valueOf(accepted.position()))
                        .header("Idempotency-Key", key);
        if (accepted.replayed()) answer.header(REPLAYED, "true");
        return answer.body(
                new Answer(accepted.aggregateId(), accepted.sequence(), accepted.position()));
    }

    static String key(@Nullable String given) {
        if (given == null) return UUID.randomUUID().toString();
        if (given.isBlank() || given.length() > MAX_KEY)
            throw new Problem(
                    400,
                    "bad-header",
                    "A header is malformed",
                    "Idempotency-Key must have 1 to " + MAX_KEY + " characters");
        return given;
    }

    private static @Nullable Long version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) return null;
        Matcher tag = TAG.matcher(ifMatch);
        if (!tag.matches())
            throw new Problem(
                    400,
                    "bad-header",
                    "A header is malformed",
                    "If-Match must be the entity tag of the last answer, for example \"5\"");
        return Long.valueOf(tag.group(2));
    }

    /**
     * The same key with the same body for another command is another request. The key is in it so
     * that bodies cannot be guessed from their hashes: it is stored nowhere. A batch has it in each
     * line.
     */
    private static byte[] hash(String key, String command, byte[] body) {
        MessageDigest digest = sha256();
        for (String part : List.of(key, command)) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return digest.digest(body);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
