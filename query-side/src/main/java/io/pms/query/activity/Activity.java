package io.pms.query.activity;

import io.pms.entry.Entry;
import io.pms.entry.EntryTime;
import io.pms.event.Personal;
import io.pms.event.PersonalTexts;
import io.pms.event.PersonalTexts.Opened;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened: an event as the log has it.
 *
 * @param type name and revision of the event, for example {@code pms.task.TaskRenamed.v1}
 * @param aggregateId what it happened to
 * @param time when it happened, UTC
 * @param recordedTime when it was recorded, UTC
 * @param actor opaque id of who did it
 * @param reason why, where it was said
 * @param data what the event says, its personal texts as {@code {"subject", "text"}}; where one
 *     cannot be read, {@code text} is null and {@code erased} tells whether the person was erased
 */
public record Activity(
        long position,
        String type,
        @Nullable String aggregateId,
        long sequence,
        String time,
        String recordedTime,
        @Nullable String actor,
        @Nullable String reason,
        JsonNode data) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What only a sealed text has. */
    private static final String SEALED = "ciphertext";

    public static Activity of(Entry entry, PersonalTexts texts) {
        return new Activity(
                entry.position(),
                entry.type(),
                entry.subject(),
                entry.sequence(),
                EntryTime.format(entry.timeMicros()),
                EntryTime.format(entry.recordedTimeMicros()),
                entry.actor(),
                reason(entry.metadata()),
                readable(entry, texts));
    }

    /** Personal texts are members of their event, never deeper. */
    private static JsonNode readable(Entry entry, PersonalTexts texts) {
        JsonNode data = JSON.readTree(entry.data());
        if (!(data instanceof ObjectNode members)) return data;
        String tenant = entry.tenant() == null ? "" : entry.tenant();
        for (Map.Entry<String, JsonNode> member : List.copyOf(members.properties()))
            if (member.getValue().has(SEALED))
                members.set(member.getKey(), opened(tenant, member.getValue(), texts));
        return members;
    }

    private static ObjectNode opened(String tenant, JsonNode sealed, PersonalTexts texts) {
        Personal text = JSON.treeToValue(sealed, Personal.class);
        Opened opened = texts.open(tenant, text);
        ObjectNode shown = JSON.createObjectNode().put("subject", text.subject());
        shown.put("text", opened.text());
        return opened.text() == null ? shown.put("erased", opened.erased()) : shown;
    }

    /** Whether it shows what may have to be forgotten. */
    public boolean showsPersonalText() {
        return data.valueStream().anyMatch(member -> member.has("subject") && member.has("text"));
    }

    private static @Nullable String reason(@Nullable String metadata) {
        if (metadata == null) return null;
        JsonNode reason = JSON.readTree(metadata).path("reason");
        return reason.isString() ? reason.stringValue() : null;
    }
}
