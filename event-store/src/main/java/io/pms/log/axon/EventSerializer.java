package io.pms.log.axon;

import io.pms.entry.EventTypes;
import io.pms.event.Event;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events by {@link EventTypes}: their stable type names, their bytes as the log keeps them.
 * Metadata is a JSON object. Everything else is left to another serializer. Thread-safe.
 */
public final class EventSerializer implements Serializer {
    private static final JsonMapper METADATA = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final EventTypes types;
    private final Serializer others;

    public EventSerializer(EventTypes types, Serializer others) {
        this.types = types;
        this.others = others;
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> expected) {
        if (object instanceof Event event)
            return convert(
                    types.write(event),
                    expected,
                    new SimpleSerializedType(types.typeOf(event), null));
        if (object instanceof MetaData metaData)
            return convert(
                    METADATA.writeValueAsBytes(metaData), expected, typeForClass(MetaData.class));
        return others.serialize(object, expected);
    }

    private <T> SerializedObject<T> convert(byte[] bytes, Class<T> expected, SerializedType type) {
        T data = getConverter().convert(bytes, byte[].class, expected);
        return new SimpleSerializedObject<>(data, expected, type);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expected) {
        return getConverter().canConvert(byte[].class, expected);
    }

    @Override
    @SuppressWarnings("unchecked") // the caller names the type that the serialized object says
    public <S, T> T deserialize(SerializedObject<S> object) {
        if (object instanceof StoredMetaData stored) return (T) stored.toMetaData();
        String type = object.getType().getName();
        if (types.knows(type)) return (T) types.read(type, bytes(object));
        if (type.equals(MetaData.class.getName()))
            return (T) MetaData.from(METADATA.readValue(bytes(object), OBJECT));
        return others.deserialize(object);
    }

    private <S> byte[] bytes(SerializedObject<S> object) {
        return getConverter().convert(object.getData(), object.getContentType(), byte[].class);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        String name = type.getName();
        if (types.knows(name)) return types.recordOf(name);
        return name.equals(MetaData.class.getName()) ? MetaData.class : others.classForType(type);
    }

    @Override
    public SerializedType typeForClass(@Nullable Class type) {
        return MetaData.class.equals(type)
                ? new SimpleSerializedType(MetaData.class.getName(), null)
                : others.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return others.getConverter();
    }
}
