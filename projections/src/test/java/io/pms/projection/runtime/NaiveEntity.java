package io.pms.projection.runtime;

import io.pms.entry.Entry;
import io.pms.entry.JsonEventTypes;
import io.pms.event.PersonEvent;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.PersonEvent.PersonRenamed;
import io.pms.event.Personal;
import io.pms.event.ProjectEvent;
import io.pms.event.ProjectEvent.ProjectArchived;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.ProjectEvent.ProjectDatesPlanned;
import io.pms.event.ProjectEvent.ProjectRenamed;
import io.pms.event.ProjectEvent.ProjectSourceRecorded;
import io.pms.event.ProjectEvent.ProjectWorkflowDefined;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** A project or a person: what is said of it last. */
class NaiveEntity {
    static final JsonMapper JSON = JsonEventTypes.mapper();

    /** Sorts behind every text. */
    static final String LAST = "\uDBFF\uDFFF";

    final String tenant;
    final String id;
    final Map<String, String> fields = new TreeMap<>();

    NaiveEntity(Entry first) {
        tenant = first.tenant();
        id = first.subject();
        set("id", id);
        set("created", first.timeMicros());
    }

    /** Absent when null, as everywhere. */
    final void set(String field, Object value) {
        if (value == null) fields.remove(field);
        else fields.put(field, value.toString());
    }

    final void flag(String field, boolean value) {
        set(field, value ? "1" : "0");
    }

    final void seen(Entry entry) {
        set("updated", entry.timeMicros());
        set("sequence", entry.sequence());
        set("position", entry.position());
    }

    final void named(String name) {
        set("name", name);
        set("nameKey", name == null ? null : nameKey(name));
    }

    /** Lower case, NUL as a space, at most 80 chars, never half a character. */
    private static String nameKey(String name) {
        String key = name.toLowerCase(Locale.ROOT).replace('\0', ' ');
        if (key.length() <= 80) return key;
        return key.substring(0, Character.isHighSurrogate(key.charAt(79)) ? 79 : 80);
    }

    void apply(Entry entry, ProjectEvent event) {
        seen(entry);
        switch (event) {
            case ProjectCreated e -> {
                named(e.name());
                set("workflow", JSON.writeValueAsString(e.workflow()));
                flag("archived", false);
            }
            case ProjectRenamed e -> named(e.to());
            case ProjectWorkflowDefined e -> set("workflow", JSON.writeValueAsString(e.to()));
            case ProjectDatesPlanned e -> {
                set("plannedStart", e.toStart());
                set("plannedFinish", e.toFinish());
            }
            case ProjectArchived e -> flag("archived", true);
            case ProjectSourceRecorded e -> {}
        }
    }

    void apply(Entry entry, PersonEvent event) {
        seen(entry);
        switch (event) {
            case PersonRegistered e -> {
                named(clear(e.name()));
                set("email", clear(e.email()));
            }
            case PersonRenamed e -> named(clear(e.to()));
            case PersonErased e -> {
                named(null);
                set("email", null);
                flag("erased", true);
            }
        }
    }

    private static String clear(Personal personal) {
        return personal instanceof Personal.Clear clear ? clear.text() : null;
    }

    final double score(String field) {
        return fields.containsKey(field)
                ? Double.parseDouble(fields.get(field).replace("+inf", "Infinity"))
                : Double.POSITIVE_INFINITY;
    }

    final String sorted(String key) {
        return fields.getOrDefault(key, LAST) + '\0' + id;
    }

    void spread(NaiveKeys keys, String prefix) {
        keys.hash(prefix + "e:" + id, fields);
        keys.index(prefix + "name", 0, sorted("nameKey"));
        keys.index(prefix + "created", score("created"), id);
        keys.index(prefix + "updated", score("updated"), id);
    }
}
