package io.pms.backup;

import java.util.Objects;

/**
 * A column of a table.
 *
 * @param binary whether its values are bytes; others are kept as what the server writes them as, in
 *     UTF-8
 */
public record Column(String name, boolean binary) {
    public Column {
        Objects.requireNonNull(name);
    }

    String quoted() {
        return "`" + name.replace("`", "``") + "`";
    }
}
