package io.pms.log.axon;

import io.pms.entry.Entry;
import io.pms.entry.EntryTime;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** An entry as Axon reads it. Everything is made when it is asked for. */
record StoredEvent(Entry entry) implements DomainEventData<byte[]> {
    @Override
    public @Nullable String getType() {
        return MessageMapping.isOurs(entry.type())
                ? aggregateType(entry.type())
                : foreign(MessageMapping.AGGREGATE_TYPE);
    }

    /** {@code pms.task.TaskRenamed.v1} belongs to a {@code Task}. */
    static String aggregateType(String type) {
        int start = type.indexOf('.') + 1;
        String name = type.substring(start, type.indexOf('.', start));
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    @Override
    public String getAggregateIdentifier() {
        String subject = entry.subject();
        return subject == null ? entry.id() : subject;
    }

    @Override
    public long getSequenceNumber() {
        return entry.sequence();
    }

    @Override
    public String getEventIdentifier() {
        return entry.id();
    }

    @Override
    public Instant getTimestamp() {
        return EntryTime.toInstant(entry.timeMicros());
    }

    @Override
    public StoredMetaData getMetaData() {
        return new StoredMetaData(entry);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        String revision =
                MessageMapping.isOurs(entry.type()) ? null : foreign(MessageMapping.REVISION);
        return new SimpleSerializedObject<>(entry.data(), byte[].class, entry.type(), revision);
    }

    private @Nullable String foreign(String key) {
        return (String) StoredMetaData.rest(entry).get(key);
    }
}
