package io.pms.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something an imported file said that has no field of its own, kept as it was written.
 *
 * @param key its name in the file
 * @param type its type in the file's format, for example {@code string}, {@code date} or {@code
 *     float}
 * @param value its text; null for a container
 * @param children what it contains, in document order
 */
public record SourceAttribute(
        String key, String type, @Nullable String value, List<SourceAttribute> children) {
    public SourceAttribute {
        Members.require("an attribute", "key", key);
        Members.require("an attribute", "type", type);
        children = Lists.copy(children);
    }
}
