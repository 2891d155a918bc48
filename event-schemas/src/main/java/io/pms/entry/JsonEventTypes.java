package io.pms.entry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pms.event.Event;
import io.pms.event.EventType;
import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.ProjectEvent;
import io.pms.event.TaskEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** The event records and their JSON, by Jackson. */
public final class JsonEventTypes implements EventTypes {
    private final JsonMapper mapper = mapper();
    private final Map<String, Class<? extends Event>> records = new HashMap<>();
    private final Map<String, ObjectReader> readers = new HashMap<>();
    private final Map<Class<?>, String> types = new HashMap<>();
    private final Map<String, Upcaster> upcasters = new HashMap<>();

    /** The records of {@link Event} as they are now, with nothing older to bring up to date. */
    public JsonEventTypes() {
        this(List.of());
    }

    /**
     * @throws IllegalArgumentException when a chain of upcasters does not end at a record's
     *     revision
     */
    public JsonEventTypes(List<Upcaster> upcasters) {
        for (Class<? extends Event> record : records()) {
            String type = typeOf(record);
            records.put(type, record);
            readers.put(type, mapper.readerFor(record));
            types.put(record, type);
        }
        for (Upcaster upcaster : upcasters)
            this.upcasters.put(upcaster.name() + ".v" + upcaster.fromRevision(), upcaster);
        for (Upcaster upcaster : upcasters)
            if (!knows(after(upcaster)))
                throw new IllegalArgumentException("nothing takes what " + upcaster + " answers");
    }

    /** Every event record, in the order of its declaration. */
    public static List<Class<? extends Event>> records() {
        List<Class<? extends Event>> records = new ArrayList<>();
        for (Class<?> family :
                List.of(ProjectEvent.class, TaskEvent.class, PersonEvent.class, LogEvent.class))
            for (Class<?> record : family.getPermittedSubclasses())
                records.add(record.asSubclass(Event.class));
        return records;
    }

    /** The name and revision that a record's annotation gives. */
    public static String typeOf(Class<? extends Event> record) {
        EventType type = record.getAnnotation(EventType.class);
        if (type == null) throw new IllegalStateException(record + " has no @EventType");
        return type.value() + ".v" + type.revision();
    }

    /**
     * How event data is read and written: members in the record's order, nulls and empty lists left
     * out (an empty text is written: it is not the same as none), decimals as strings.
     */
    public static JsonMapper mapper() {
        SimpleModule decimals = new SimpleModule("decimals as strings");
        decimals.addSerializer(BigDecimal.class, new PlainDecimal());
        return JsonMapper.builder()
                .addModule(decimals)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .withConfigOverride(
                        List.class,
                        list ->
                                list.setInclude(
                                        JsonInclude.Value.empty()
                                                .withValueInclusion(JsonInclude.Include.NON_EMPTY)))
                .build();
    }

    private static final class PlainDecimal extends ValueSerializer<BigDecimal> {
        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.toPlainString());
        }
    }

    @Override
    public String typeOf(Event event) {
        String type = types.get(event.getClass());
        if (type == null)
            throw new IllegalArgumentException(event.getClass() + " is not an event record");
        return type;
    }

    @Override
    public byte[] write(Event event) {
        return mapper.writeValueAsBytes(event);
    }

    @Override
    public boolean knows(String type) {
        return records.containsKey(type) || upcasters.containsKey(type);
    }

    @Override
    public Event read(String type, byte[] data) {
        ObjectReader reader = readers.get(type);
        try {
            return reader != null ? reader.readValue(data) : upcast(type, data);
        } catch (JacksonException e) {
            throw new MalformedEntryException(
                    "data that is not a " + type + ": " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public Class<? extends Event> recordOf(String type) {
        String current = type;
        for (Upcaster upcaster = upcasters.get(current);
                upcaster != null;
                upcaster = upcasters.get(current)) current = after(upcaster);
        Class<? extends Event> record = records.get(current);
        if (record == null) throw new UnknownEventTypeException(type);
        return record;
    }

    private Event upcast(String type, byte[] data) {
        Class<? extends Event> record = recordOf(type);
        ObjectNode tree = (ObjectNode) mapper.readTree(data);
        Upcaster upcaster = upcasters.get(type);
        while (upcaster != null) {
            upcaster.step().apply(tree);
            upcaster = upcasters.get(after(upcaster));
        }
        return mapper.treeToValue(tree, record);
    }

    private static String after(Upcaster upcaster) {
        return upcaster.name() + ".v" + (upcaster.fromRevision() + 1);
    }
}
