package io.pms.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pms.entry.JsonEventTypes;
import io.pms.entry.Upcaster;
import io.pms.event.Event;
import io.pms.schema.SchemaChanges.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The committed schemas are those of the records, and nothing that a log may hold became
 * unreadable. {@code -Dpms.schemas=update} writes new and compatibly changed ones.
 */
class CommittedSchemasTest {
    private static final CommittedSchemas COMMITTED = CommittedSchemas.ofThisModule();
    private static final boolean UPDATE = "update".equals(System.getProperty("pms.schemas"));
    private static final String HOW_TO_UPDATE =
            " → run `mvn -pl event-schemas test -Dpms.schemas=update`";

    @Test
    void areThoseOfTheRecords() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Class<? extends Event> record : JsonEventTypes.records()) {
            String type = JsonEventTypes.typeOf(record);
            differences.addAll(differences(COMMITTED, type, EventSchemas.of(type, record), UPDATE));
        }
        if (!differences.isEmpty()) fail(String.join("\n", differences));
    }

    /** Empty when the committed schema is the record's, also because it has just been written. */
    private static List<String> differences(
            CommittedSchemas committed, String type, ObjectNode schema, boolean update)
            throws IOException {
        Path file = committed.file(type);
        String text = EventSchemas.text(schema);
        boolean isNew = !Files.exists(file);
        if (!isNew && Files.readString(file).equals(text)) return List.of();
        List<Change> changes =
                isNew
                        ? List.of()
                        : SchemaChanges.between(
                                EventSchemas.JSON.readTree(Files.readString(file)), schema);
        if (changes.stream().anyMatch(Change::breaking))
            return List.of(type + ": " + changes + " → add a revision and an Upcaster");
        if (!update) return List.of(type + (isNew ? ": new" : ": " + changes) + HOW_TO_UPDATE);
        Files.createDirectories(committed.folder());
        Files.writeString(file, text);
        return List.of();
    }

    @Test
    void stayAsLongAsALogMayHoldTheirEvents() {
        List<String> current =
                JsonEventTypes.records().stream().map(JsonEventTypes::typeOf).toList();
        assertThat(CommittedSchemas.losses(COMMITTED.types(), current, new JsonEventTypes()))
                .isEmpty();
    }

    @Nested
    class Updating {
        record First(String id) {}

        record Second(String id, String name) {}

        record Wider(String id, List<String> tags) {}

        @Test
        void writesNewAndCompatibleSchemasAndRefusesBreakingOnes(@TempDir Path folder)
                throws IOException {
            CommittedSchemas schemas = new CommittedSchemas(folder);
            ObjectNode first = EventSchemas.of("t.v1", First.class);
            ObjectNode second = EventSchemas.of("t.v1", Second.class);
            ObjectNode wider = EventSchemas.of("t.v1", Wider.class);
            assertThat(differences(schemas, "t.v1", first, false))
                    .containsExactly("t.v1: new" + HOW_TO_UPDATE);
            assertThat(differences(schemas, "t.v1", first, true)).isEmpty();
            assertThat(differences(schemas, "t.v1", first, false)).isEmpty();
            assertThat(differences(schemas, "t.v1", second, true))
                    .singleElement()
                    .asString()
                    .contains("breaking: name is required now")
                    .endsWith("→ add a revision and an Upcaster");
            assertThat(differences(schemas, "t.v1", wider, false))
                    .singleElement()
                    .asString()
                    .contains("compatible: tags was added")
                    .endsWith(HOW_TO_UPDATE);
            assertThat(differences(schemas, "t.v1", wider, true)).isEmpty();
            assertThat(differences(schemas, "t.v1", wider, false)).isEmpty();
        }
    }

    @Nested
    class Losses {
        private static final String FIRST = "pms.task.TaskRenamed.v1";
        private static final String SECOND = "pms.task.TaskRenamed.v2";

        @Test
        void areEarlierRevisionsWhoseSchemaIsGone() {
            assertThat(losses(Set.of(), SECOND))
                    .containsExactly(
                            "the schema of " + FIRST + " is gone, but logs hold such events");
        }

        @Test
        void areSchemasThatNothingTakes() {
            assertThat(losses(Set.of(FIRST, "pms.task.TaskExploded.v1"), FIRST))
                    .singleElement()
                    .asString()
                    .contains("pms.task.TaskExploded.v1");
        }

        @Test
        void areNotSchemasThatAnUpcasterTakes() {
            Upcaster upcaster = new Upcaster("pms.task.TaskRenamed", 0, data -> {});
            JsonEventTypes types = new JsonEventTypes(List.of(upcaster));
            assertThat(
                            CommittedSchemas.losses(
                                    Set.of("pms.task.TaskRenamed.v0", FIRST),
                                    List.of(FIRST),
                                    types))
                    .isEmpty();
        }

        private static List<String> losses(Set<String> committed, String current) {
            return CommittedSchemas.losses(committed, List.of(current), new JsonEventTypes());
        }
    }
}
