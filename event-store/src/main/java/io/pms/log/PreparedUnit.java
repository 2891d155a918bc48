package io.pms.log;

import io.pms.entry.BinaryId;
import io.pms.entry.CommandIds;
import io.pms.entry.Entry;
import io.pms.entry.EntryCodec;
import io.pms.log.Unit.CommandStamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A unit that waits for its commit: encoded on the caller's thread as far as that is possible
 * without its position, and the future that tells the caller.
 */
final class PreparedUnit {
    /**
     * @param row the SQL literals after position and recorded time
     * @param stream the aggregate and sequence that it takes; null for an event without an
     *     aggregate
     */
    record PreparedEvent(
            String id,
            byte[] idBytes,
            @Nullable StreamKey stream,
            EntryCodec.Prepared entry,
            String row) {}

    record StreamKey(String aggregateId, long sequence) {}

    /** Characters that a text column keeps. */
    private static final int MAX_TEXT = 255;

    /** Characters of an id: its column has 512 bytes, and a character up to three, a pair four. */
    private static final int MAX_ID = 170;

    final List<PreparedEvent> events;
    final @Nullable CommandStamp command;
    final int bytes;
    final CompletableFuture<Appended> future = new CompletableFuture<>();

    private PreparedUnit(List<PreparedEvent> events, @Nullable CommandStamp command, int bytes) {
        this.events = events;
        this.command = command;
        this.bytes = bytes;
    }

    /**
     * @throws EntryTooLargeException when an event's entry could be longer than the limit
     * @throws SequenceConflictException when two of its events want the same sequence
     * @throws DuplicateEventException when two of its events have the same id
     */
    static PreparedUnit of(int logId, Unit unit) {
        List<PreparedEvent> events = new ArrayList<>(unit.events().size());
        int bytes = 256;
        for (int index = 0; index < unit.events().size(); index++) {
            PreparedEvent event = prepare(logId, unit.events().get(index), unit.command(), index);
            bytes += event.row().getBytes(StandardCharsets.UTF_8).length + 64;
            events.add(event);
        }
        requireDistinct(events);
        return new PreparedUnit(events, unit.command(), bytes);
    }

    private static void requireDistinct(List<PreparedEvent> events) {
        if (events.size() < 2) return;
        Set<Object> seen = new HashSet<>();
        for (PreparedEvent event : events) {
            if (!seen.add(event.id())) throw new DuplicateEventException(event.id());
            if (event.stream() != null && !seen.add(event.stream()))
                throw new SequenceConflictException(
                        event.stream().aggregateId(), event.stream().sequence());
        }
    }

    private static PreparedEvent prepare(
            int logId, NewEvent event, @Nullable CommandStamp command, int index) {
        String id = id(event, command, index);
        UUID commandId = command == null ? null : command.id();
        Entry entry =
                new Entry(
                        logId,
                        0,
                        0,
                        event.timeMicros(),
                        id,
                        event.type(),
                        event.subject(),
                        event.sequence(),
                        event.tenant(),
                        event.actor(),
                        commandId,
                        event.correlationId(),
                        event.causationId(),
                        event.traceparent(),
                        event.metadata(),
                        event.dataContentType(),
                        event.data());
        requireShort(entry);
        EntryCodec.Prepared prepared = EntryCodec.prepare(entry);
        if (prepared.maxBytes() > EntryCodec.MAX_BYTES)
            throw new EntryTooLargeException(event.type(), prepared.maxBytes());
        StreamKey stream =
                event.subject() == null ? null : new StreamKey(event.subject(), event.sequence());
        byte[] idBytes = BinaryId.toBytes(id);
        return new PreparedEvent(id, idBytes, stream, prepared, row(entry));
    }

    /**
     * What does not fit its column must not reach the database, where it would fail a whole batch.
     */
    private static void requireShort(Entry entry) {
        requireShort("type", entry.type(), MAX_TEXT);
        requireShort("tenant", entry.tenant(), MAX_TEXT);
        requireShort("actor", entry.actor(), MAX_TEXT);
        requireShort("traceparent", entry.traceparent(), MAX_TEXT);
        requireShort("datacontenttype", entry.dataContentType(), MAX_TEXT);
        requireShort("id", entry.id(), MAX_ID);
        requireShort("subject", entry.subject(), MAX_ID);
        requireShort("correlationid", entry.correlationId(), MAX_ID);
        requireShort("causationid", entry.causationId(), MAX_ID);
    }

    private static void requireShort(String attribute, @Nullable String text, int max) {
        if (text != null && text.length() > max)
            throw new IllegalArgumentException(
                    attribute
                            + " has "
                            + text.length()
                            + " characters; at most "
                            + max
                            + " are kept");
    }

    private static String id(NewEvent event, @Nullable CommandStamp command, int index) {
        if (command != null) {
            if (event.id() != null)
                throw new IllegalArgumentException(
                        "an event of a command has its id from the command: " + event.id());
            return CommandIds.eventId(command.id(), index).toString();
        }
        return event.id() != null ? event.id() : UuidV7.next().toString();
    }

    private static String row(Entry entry) {
        StringBuilder sql = new StringBuilder(entry.data().length + 300);
        EventSql.rest(sql, entry);
        return sql.toString();
    }

    /** The command, of a unit that has no events. */
    CommandStamp receiptOnly() {
        return Objects.requireNonNull(command);
    }
}
