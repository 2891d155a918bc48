package io.pms.command.api;

import io.pms.command.Command;
import io.pms.entry.BinaryId;
import io.pms.entry.CommandIds;
import io.pms.http.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes commands of JSON, strictly: what is not understood is refused with its place. */
final class CommandReader {
    private static final JsonMapper JSON = CommandJson.mapper();

    private CommandReader() {}

    /**
     * @throws Problem 400 with line and column when it is not one JSON object
     */
    static ObjectNode object(byte[] json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                JsonChecks.require(object);
                return object;
            }
            throw malformed("the body must be a JSON object", null);
        } catch (StreamReadException e) {
            throw malformed(
                    "line "
                            + e.getLocation().getLineNr()
                            + ", column "
                            + e.getLocation().getColumnNr()
                            + ": "
                            + e.getOriginalMessage(),
                    e);
        } catch (JacksonException e) {
            throw malformed(e.getOriginalMessage(), e);
        }
    }

    /**
     * @param data the command's members; what was not given and may be left to the server is added
     * @throws Problem 404 for an unknown command, 400 for members that are missing, unknown or of
     *     the wrong type
     */
    static Command command(String name, ObjectNode data, String tenant, String key) {
        Class<? extends Command> type = CommandCatalog.find(name);
        if (type == null)
            throw new Problem(
                    404,
                    "unknown-command",
                    "Unknown command",
                    "there is no command " + name + "; there are " + CommandCatalog.names());
        String idMember = CommandCatalog.idMember(name);
        if (idMember != null && !data.hasNonNull(idMember))
            data.put(idMember, derivedId(tenant, key));
        requireMembers(name, data);
        try {
            return JSON.treeToValue(data, type);
        } catch (UnrecognizedPropertyException e) {
            String known =
                    e.getKnownPropertyIds() == null ? "" : "; known are " + e.getKnownPropertyIds();
            throw bad(
                    "unknown-member",
                    pointer(e),
                    "there is no member \"" + e.getPropertyName() + "\"" + known,
                    e);
        } catch (JacksonException e) {
            Throwable cause = e.getCause();
            String detail =
                    cause instanceof IllegalArgumentException
                            ? cause.getMessage()
                            : firstSentence(e);
            throw bad("bad-member", pointer(e), String.valueOf(detail), e);
        }
    }

    /** The same request makes the same id, however often it is repeated. */
    private static String derivedId(String tenant, String key) {
        return UUID.nameUUIDFromBytes(BinaryId.toBytes(CommandIds.commandId(tenant, key)))
                .toString();
    }

    /** Every required member is there; a flag that is not is false. */
    private static void requireMembers(String name, ObjectNode data) {
        for (CommandCatalog.Member member : CommandCatalog.members(name)) {
            if (data.hasNonNull(member.name())) {
                if (!CommandCatalog.isAboutAnybody(name)) requireId(member, data);
                continue;
            }
            if (member.type().equals("boolean")) data.put(member.name(), false);
            else if (member.required())
                throw bad(
                        "missing-member",
                        "/" + member.name(),
                        name + " needs \"" + member.name() + "\" (" + member.type() + ")",
                        null);
        }
    }

    private static void requireId(CommandCatalog.Member member, ObjectNode data) {
        JsonNode value = data.get(member.name());
        if (!member.isId() || !value.isString() || BinaryId.uuid(value.stringValue()) != null)
            return;
        throw new Problem(
                        422,
                        "invalid-value",
                        "A value is out of bounds",
                        member.name() + " is not a UUID in lower case")
                .with("pointer", "/" + member.name());
    }

    /** Why, taken out of the envelope; some commands must say it. */
    static @Nullable String reason(String name, ObjectNode json) {
        String reason = text(json, "reason");
        if (reason == null && CommandCatalog.needsReason(name))
            throw bad("missing-member", "/reason", name + " needs \"reason\" (String)", null);
        return reason;
    }

    /** A text member of the envelope, taken out. */
    static @Nullable String text(ObjectNode json, String member) {
        JsonNode value = json.remove(member);
        if (value == null || value.isNull()) return null;
        if (!value.isString())
            throw bad("bad-member", "/" + member, member + " must be a text", null);
        return value.stringValue();
    }

    /** A time of the envelope, taken out. */
    static @Nullable Instant time(ObjectNode json, String member) {
        String text = text(json, member);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw bad(
                    "bad-member",
                    "/" + member,
                    member + " must be a time with an offset, for example 2026-11-23T08:00:00Z",
                    e);
        }
    }

    static Problem bad(String kind, String pointer, String detail, @Nullable Exception cause) {
        Problem problem =
                new Problem(400, kind, "The command is malformed", detail).with("pointer", pointer);
        if (cause != null) problem.initCause(cause);
        return problem;
    }

    private static Problem malformed(String detail, @Nullable Exception cause) {
        Problem problem = new Problem(400, "malformed-json", "Not JSON", detail);
        if (cause != null) problem.initCause(cause);
        return problem;
    }

    private static String pointer(JacksonException e) {
        return e.getPath().stream()
                .map(step ->
                        "/"
                                + (step.getPropertyName() != null
                                        ? step.getPropertyName()
                                        : String.valueOf(step.getIndex())))
                .collect(Collectors.joining());
    }

    /** Jackson's messages name Java classes from their second sentence on. */
    private static String firstSentence(JacksonException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end))
                .replaceAll("`?(?:io\\.pms|java)\\.[A-Za-z.$]*\\.([A-Za-z]+)`?", "$1");
    }
}
