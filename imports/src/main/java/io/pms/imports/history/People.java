package io.pms.imports.history;

import io.pms.event.SourceAttribute;
import io.pms.imports.BadFile;
import io.pms.imports.ImportIds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources of a log, numbered in the order of their first appearance. */
final class People {
    static final String RESOURCE = "org:resource";

    /** Names in memory; large organisations have that many people. */
    private static final int MAX_PEOPLE = 200_000;

    private final Map<String, Integer> ordinals = new LinkedHashMap<>();

    /** Remembers a resource. */
    void meet(String name, int line) {
        ordinals.putIfAbsent(name, ordinals.size());
        if (ordinals.size() > MAX_PEOPLE)
            throw BadFile.at(line, "the log has more than " + MAX_PEOPLE + " resources");
    }

    List<String> names() {
        return new ArrayList<>(ordinals.keySet());
    }

    /** The opaque id of a resource; null when there is none of that name. */
    @Nullable String idOf(@Nullable String name, ImportIds ids) {
        Integer ordinal = name == null ? null : ordinals.get(name);
        return ordinal == null ? null : ids.id("person", ordinal);
    }

    /** The attributes with ids where they name resources, as keys or as texts. */
    List<SourceAttribute> withoutNames(List<SourceAttribute> attributes, ImportIds ids) {
        List<SourceAttribute> clean = new ArrayList<>(attributes.size());
        for (SourceAttribute attribute : attributes) clean.add(withoutNames(attribute, ids));
        return clean;
    }

    private SourceAttribute withoutNames(SourceAttribute attribute, ImportIds ids) {
        String key = idOf(attribute.key(), ids);
        String value = attribute.type().equals("string") ? idOf(attribute.value(), ids) : null;
        return new SourceAttribute(
                key == null ? attribute.key() : key,
                attribute.type(),
                value == null ? attribute.value() : value,
                withoutNames(attribute.children(), ids));
    }
}
