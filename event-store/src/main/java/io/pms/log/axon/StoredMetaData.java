package io.pms.log.axon;

import io.pms.entry.Entry;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry's metadata as Axon reads it: for {@link EventSerializer} as it is, for other serializers
 * as the bytes of a JSON object. Loading an aggregate mostly asks for neither.
 */
record StoredMetaData(Entry entry) implements SerializedObject<byte[]> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final SerializedType TYPE =
            new SimpleSerializedType(MetaData.class.getName(), null);

    MetaData toMetaData() {
        return MetaData.from(all());
    }

    @Override
    public byte[] getData() {
        return JSON.writeValueAsBytes(all());
    }

    private Map<String, Object> all() {
        Map<String, Object> all = rest(entry);
        all.remove(MessageMapping.AGGREGATE_TYPE);
        all.remove(MessageMapping.REVISION);
        put(all, EventMetadata.TENANT, entry.tenant());
        put(all, EventMetadata.ACTOR, entry.actor());
        put(all, EventMetadata.COMMAND_ID, entry.commandId());
        put(all, EventMetadata.CORRELATION_ID, entry.correlationId());
        put(all, EventMetadata.CAUSATION_ID, entry.causationId());
        put(all, EventMetadata.TRACEPARENT, entry.traceparent());
        return all;
    }

    private static void put(Map<String, Object> metaData, String key, @Nullable Object value) {
        if (value != null) metaData.put(key, value.toString());
    }

    /** What the entry has no attribute for. */
    static Map<String, Object> rest(Entry entry) {
        return entry.metadata() == null
                ? new TreeMap<>()
                : JSON.readValue(entry.metadata(), OBJECT);
    }

    @Override
    public Class<byte[]> getContentType() {
        return byte[].class;
    }

    @Override
    public SerializedType getType() {
        return TYPE;
    }
}
