package io.pms.imports;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A file to import.
 *
 * @param name its name as the sender knows it; only names a project that has no name of its own
 * @param path where its bytes are on disk
 */
public record Source(String name, Path path) {

    /** The name without folders and without the endings of formats. */
    public String title() {
        String title = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (title.toLowerCase(Locale.ROOT).endsWith(".gz"))
            title = title.substring(0, title.length() - 3);
        int dot = title.lastIndexOf('.');
        return dot > 0 ? title.substring(0, dot) : title;
    }
}
