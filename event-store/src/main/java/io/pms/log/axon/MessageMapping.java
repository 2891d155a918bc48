package io.pms.log.axon;

import io.pms.entry.Entry;
import io.pms.entry.EntryTime;
import io.pms.event.Event;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import io.pms.log.Unit.CommandStamp;
import io.pms.log.seal.Sealing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventData;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Axon's messages as the log's events and back. What the log has no attribute for (other metadata,
 * the revision and aggregate type of foreign events) travels in the entry's {@code metadata}, so
 * that nothing is lost either way.
 */
final class MessageMapping {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What Axon says of events that are not ours; ours say it with their names. */
    static final String AGGREGATE_TYPE = "axonAggregateType";

    static final String REVISION = "axonRevision";
    private static final String FOREIGN = "application/octet-stream";

    private MessageMapping() {}

    /** One unit: all of these are appended together, their personal texts sealed. */
    static Unit toUnit(
            List<? extends EventMessage<?>> messages, Sealing sealing, Serializer serializer) {
        CommandStamp command = messages.isEmpty() ? null : command(messages.getFirst());
        List<NewEvent> events = new ArrayList<>(messages.size());
        for (EventMessage<?> message : messages)
            events.add(toEvent(message, sealed(message, sealing, serializer), command != null));
        return new Unit(events, command);
    }

    private static @Nullable CommandStamp command(EventMessage<?> message) {
        String id = text(message.getMetaData(), EventMetadata.COMMAND_ID);
        if (id == null) return null;
        String hash = text(message.getMetaData(), EventMetadata.BODY_HASH);
        String aggregate =
                message instanceof DomainEventMessage<?> domain
                        ? domain.getAggregateIdentifier()
                        : message.getIdentifier();
        return new CommandStamp(
                UUID.fromString(id),
                hash == null ? null : HexFormat.of().parseHex(hash),
                aggregate,
                -1);
    }

    private static SerializedObject<byte[]> sealed(
            EventMessage<?> message, Sealing sealing, Serializer serializer) {
        return message.getPayload() instanceof Event event
                ? serializer.serialize(sealing.seal(tenant(message), event), byte[].class)
                : message.serializePayload(serializer, byte[].class);
    }

    /** Empty for an event that has none. */
    static String tenant(EventMessage<?> message) {
        String tenant = text(message.getMetaData(), EventMetadata.TENANT);
        return tenant == null ? "" : tenant;
    }

    private static NewEvent toEvent(
            EventMessage<?> message, SerializedObject<byte[]> payload, boolean ofCommand) {
        MetaData metaData = message.getMetaData();
        String type = payload.getType().getName();
        boolean ours = isOurs(type);
        TreeMap<String, Object> rest = new TreeMap<>(metaData);
        rest.keySet().removeAll(EventMetadata.KNOWN);
        if (!ours && payload.getType().getRevision() != null)
            rest.put(REVISION, payload.getType().getRevision());
        DomainEventMessage<?> domain = message instanceof DomainEventMessage<?> of ? of : null;
        if (!ours && domain != null && domain.getType() != null)
            rest.put(AGGREGATE_TYPE, domain.getType());
        return new NewEvent(
                ofCommand ? null : message.getIdentifier(),
                type,
                domain == null ? null : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                time(message),
                text(metaData, EventMetadata.TENANT),
                text(metaData, EventMetadata.ACTOR),
                text(metaData, EventMetadata.CORRELATION_ID),
                text(metaData, EventMetadata.CAUSATION_ID),
                text(metaData, EventMetadata.TRACEPARENT),
                rest.isEmpty() ? null : JSON.writeValueAsString(rest),
                ours ? null : FOREIGN,
                payload.getData());
    }

    private static long time(EventMessage<?> message) {
        String occurredAt = text(message.getMetaData(), EventMetadata.OCCURRED_AT);
        return EntryTime.toMicros(
                occurredAt == null ? message.getTimestamp() : Instant.parse(occurredAt));
    }

    private static @Nullable String text(MetaData metaData, String key) {
        Object value = metaData.get(key);
        return value == null ? null : value.toString();
    }

    static TrackedEventData<byte[]> toTrackedData(Entry entry) {
        TrackingToken token = new GlobalSequenceTrackingToken(entry.position());
        DomainEventData<byte[]> data = new StoredEvent(entry);
        return entry.subject() == null
                ? new WithoutAggregate(token, data)
                : new TrackedDomainEventData<>(token, data);
    }

    /** Axon takes everything that has an aggregate's data for an aggregate's event. */
    private record WithoutAggregate(TrackingToken trackingToken, EventData<byte[]> data)
            implements TrackedEventData<byte[]> {
        @Override
        public String getEventIdentifier() {
            return data.getEventIdentifier();
        }

        @Override
        public Instant getTimestamp() {
            return data.getTimestamp();
        }

        @Override
        public SerializedObject<byte[]> getMetaData() {
            return data.getMetaData();
        }

        @Override
        public SerializedObject<byte[]> getPayload() {
            return data.getPayload();
        }
    }

    static boolean isOurs(String type) {
        return type.startsWith("pms.");
    }
}
