package io.pms.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pms.entry.JsonEventTypes;
import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.TaskEvent.TaskCostReported;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A validator that nobody here wrote holds what the codec writes against the committed schemas. */
class WrittenEventsTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonEventTypes types = new JsonEventTypes();

    private static Schema schema(Class<? extends Event> record) throws IOException {
        String type = JsonEventTypes.typeOf(record);
        return REGISTRY.getSchema(
                Files.readString(CommittedSchemas.ofThisModule().file(type)), InputFormat.JSON);
    }

    @Test
    void ofEveryTypeAreValid() throws IOException {
        for (Class<? extends Event> record : JsonEventTypes.records()) {
            Schema schema = schema(record);
            for (Event event : SampleEvents.of(record)) {
                String json = new String(types.write(event), StandardCharsets.UTF_8);
                assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
                assertThat(types.write(types.read(types.typeOf(event), types.write(event))))
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo(json);
            }
        }
    }

    @Test
    void areInvalidWithNumbersForDecimalsUnknownMembersOrRequiredOnesMissing() throws IOException {
        Schema schema = schema(TaskCostReported.class);
        String valid =
                "{\"taskId\":\"t\",\"projectId\":\"p\",\"fromCost\":\"0\",\"toCost\":\"1.5\"}";
        assertThat(schema.validate(valid, InputFormat.JSON)).isEmpty();
        for (String invalid :
                new String[] {
                    valid.replace("\"1.5\"", "1.5"),
                    valid.replace("1.5", "1,5"),
                    valid.replace("\"taskId\":\"t\",", ""),
                    valid.replace("{", "{\"extra\":true,")
                }) assertThat(schema.validate(invalid, InputFormat.JSON)).as(invalid).isNotEmpty();
    }

    @Test
    void areInvalidWhenATextIsNeitherClearNorSealedOrBoth() throws IOException {
        Schema schema = schema(PersonRegistered.class);
        for (String name :
                new String[] {
                    "\"Ann\"",
                    "{\"subject\":\"p\"}",
                    "{\"subject\":\"p\",\"text\":\"Ann\",\"key\":\"1\",\"nonce\":\"\",\"ciphertext\":\"\"}"
                })
            assertThat(
                            schema.validate(
                                    "{\"personId\":\"p\",\"name\":" + name + "}", InputFormat.JSON))
                    .as(name)
                    .isNotEmpty();
    }
}
