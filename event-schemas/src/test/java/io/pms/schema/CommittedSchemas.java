package io.pms.schema;

import io.pms.entry.EventTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The schema files of this module's sources, {@code <type>.json} each. */
record CommittedSchemas(Path folder) {
    private static final String SUFFIX = ".json";

    /** Maven runs tests in the module's folder. */
    static CommittedSchemas ofThisModule() {
        return new CommittedSchemas(Path.of("src/main/resources/schemas"));
    }

    Path file(String type) {
        return folder.resolve(type + SUFFIX);
    }

    Set<String> types() {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> types = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .forEach(name -> types.add(name.substring(0, name.length() - SUFFIX.length())));
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a reader of old logs would miss: earlier revisions whose schema is gone, and schemas
     * that neither a record nor an upcaster takes any more.
     *
     * @param committed the types that have a schema file
     * @param current the types that records have now
     */
    static List<String> losses(
            Set<String> committed, Collection<String> current, EventTypes types) {
        List<String> losses = new ArrayList<>();
        for (String type : current)
            for (String earlier : earlierRevisions(type))
                if (!committed.contains(earlier))
                    losses.add("the schema of " + earlier + " is gone, but logs hold such events");
        for (String type : committed)
            if (!types.knows(type))
                losses.add("no record has the type " + type + " any more: add an Upcaster for it");
        return losses;
    }

    private static List<String> earlierRevisions(String type) {
        int end = type.lastIndexOf(".v") + 2;
        List<String> earlier = new ArrayList<>();
        for (int revision = 1; revision < Integer.parseInt(type.substring(end)); revision++)
            earlier.add(type.substring(0, end) + revision);
        return earlier;
    }
}
