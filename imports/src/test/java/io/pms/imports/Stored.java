package io.pms.imports;

import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.entry.JsonEventTypes;
import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.Personal;
import io.pms.event.PersonalTexts;
import io.pms.event.ProjectEvent.ProjectSourceRecorded;
import io.pms.event.SourceAttribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an import left in the log, with its personal texts opened. */
record Stored(List<Entry> entries) {
    private static final EventTypes TYPES = new JsonEventTypes();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Stored of(ImportServer server, String tenant) {
        PersonalTexts texts = server.bean(PersonalTexts.class);
        return new Stored(
                server.entries(tenant).stream().map(entry -> opened(entry, texts)).toList());
    }

    private static Entry opened(Entry entry, PersonalTexts texts) {
        Event event = event(entry).mapPersonal(text -> opened(entry.tenant(), text, texts));
        return new Entry(
                entry.logId(),
                entry.position(),
                entry.recordedTimeMicros(),
                entry.timeMicros(),
                entry.id(),
                entry.type(),
                entry.subject(),
                entry.sequence(),
                entry.tenant(),
                entry.actor(),
                entry.commandId(),
                entry.correlationId(),
                entry.causationId(),
                entry.traceparent(),
                entry.metadata(),
                entry.dataContentType(),
                TYPES.write(event));
    }

    private static Personal opened(String tenant, Personal text, PersonalTexts texts) {
        if (!(text instanceof Personal.Sealed))
            throw new AssertionError("a text of " + text.subject() + " is not sealed");
        return new Personal.Clear(text.subject(), texts.open(tenant, text).text());
    }

    static Event event(Entry entry) {
        return TYPES.read(entry.type(), entry.data());
    }

    List<Entry> entries(Class<? extends Event> type) {
        String name = JsonEventTypes.typeOf(type);
        return entries.stream().filter(entry -> entry.type().equals(name)).toList();
    }

    <T extends Event> List<T> all(Class<T> type) {
        return entries(type).stream().map(entry -> type.cast(event(entry))).toList();
    }

    <T extends Event> T one(Class<T> type) {
        return all(type).getFirst();
    }

    /** Each event's place and content, whatever the order in the log. */
    List<String> content() {
        return entries.stream()
                .map(entry ->
                        entry.subject()
                                + " "
                                + entry.sequence()
                                + " "
                                + entry.type()
                                + " "
                                + entry.actor()
                                + " "
                                + entry.commandId()
                                + " "
                                + entry.metadata()
                                + " "
                                + new String(entry.data(), java.nio.charset.StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    /** The project's source, its parts put together. */
    List<SourceAttribute> source() {
        List<SourceAttribute> pieces = new ArrayList<>();
        all(ProjectSourceRecorded.class).stream()
                .sorted(Comparator.comparingInt(ProjectSourceRecorded::part))
                .forEach(part -> pieces.addAll(part.attributes()));
        return joined(pieces);
    }

    /** Undoes what {@link Attributes#parts} does. */
    static List<SourceAttribute> joined(List<SourceAttribute> pieces) {
        List<SourceAttribute> whole = new ArrayList<>();
        for (SourceAttribute piece : pieces)
            if (piece.type().endsWith("-part")) whole.add(join(whole.removeLast(), piece));
            else whole.add(piece);
        return whole.stream()
                .map(it ->
                        new SourceAttribute(it.key(), it.type(), it.value(), joined(it.children())))
                .toList();
    }

    private static SourceAttribute join(SourceAttribute one, SourceAttribute next) {
        List<SourceAttribute> children = new ArrayList<>(one.children());
        children.addAll(next.children());
        String value = next.value() == null ? one.value() : one.value() + next.value();
        return new SourceAttribute(one.key(), one.type(), value, children);
    }

    Set<String> names() {
        Set<String> names = new HashSet<>();
        for (PersonRegistered person : all(PersonRegistered.class))
            if (person.name() instanceof Personal.Clear clear) names.add(clear.text());
        return names;
    }

    /** No text of any event but a registration is the name of a person. */
    void assertNamesNobody() {
        Set<String> names = names();
        for (Entry entry : entries) {
            if (names.contains(entry.actor())) throw new AssertionError(entry.actor());
            if (!(event(entry) instanceof PersonRegistered))
                assertNamesNobody(JSON.readTree(entry.data()), names, entry);
        }
    }

    private static void assertNamesNobody(JsonNode node, Set<String> names, Entry entry) {
        if (node.isString() && names.contains(node.stringValue()))
            throw new AssertionError(
                    "the name " + node + " stands in " + entry.type() + " " + entry.subject());
        for (JsonNode child : node) assertNamesNobody(child, names, entry);
    }
}
