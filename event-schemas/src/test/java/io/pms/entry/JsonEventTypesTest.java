package io.pms.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.Personal;
import io.pms.event.ProjectEvent.ProjectSourceRecorded;
import io.pms.event.SourceAttribute;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskRenamed;
import io.pms.event.TaskPlan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonEventTypesTest {
    private final JsonEventTypes types = new JsonEventTypes();

    @Test
    void writesMembersInTheRecordsOrderWithoutAbsentOnesAndDecimalsAsStrings() {
        TaskPlan plan =
                new TaskPlan(
                        LocalDateTime.parse("2026-01-05T08:00"),
                        null,
                        null,
                        new BigDecimal("1E+3"),
                        null,
                        List.of(
                                new TaskPlan.Predecessor(
                                        "p", TaskPlan.Link.FINISH_TO_START, new BigDecimal("-8"))));
        Event event =
                new TaskCreated(
                        "t",
                        "p",
                        "Dig",
                        "1.2",
                        null,
                        false,
                        "To do",
                        false,
                        plan,
                        List.of(new SourceAttribute("k", "string", "v", List.of())));
        String json =
                "{\"taskId\":\"t\",\"projectId\":\"p\",\"name\":\"Dig\",\"wbs\":\"1.2\",\"summary\":false,\"status\":\"To do\",\"statusFinal\":false,"
                        + "\"plan\":{\"start\":\"2026-01-05T08:00:00\",\"cost\":\"1000\",\"predecessors\":[{\"taskId\":\"p\",\"link\":\"FINISH_TO_START\",\"lagHours\":\"-8\"}]},"
                        + "\"attributes\":[{\"key\":\"k\",\"type\":\"string\",\"value\":\"v\"}]}";
        assertThat(types.write(event)).asString(StandardCharsets.UTF_8).isEqualTo(json);
        assertThat(types.write(types.read(types.typeOf(event), types.write(event))))
                .isEqualTo(types.write(event));
    }

    @Test
    void keepsAnEmptyTextApartFromNone() {
        for (String value : new String[] {"", null}) {
            SourceAttribute attribute = new SourceAttribute("", "string", value, List.of());
            Event event = new ProjectSourceRecorded("p", 1, 1, List.of(attribute));
            assertThat(types.read(types.typeOf(event), types.write(event))).isEqualTo(event);
        }
    }

    @Test
    void tellsClearFromEncryptedTextByItsMembers() {
        for (Personal name :
                List.of(
                        new Personal.Clear("p", "Ann"),
                        new Personal.Sealed("p", "1", "bm9uY2U=", "Y2lwaGVy"))) {
            Event event = new PersonRegistered("p", name, null);
            assertThat(types.read(types.typeOf(event), types.write(event))).isEqualTo(event);
        }
    }

    @Test
    void bringsOldRevisionsUpToDate() {
        JsonEventTypes upcasting =
                new JsonEventTypes(
                        List.of(
                                new Upcaster(
                                        "pms.task.TaskRenamed",
                                        -1,
                                        data -> data.put("from", data.remove("old").stringValue())),
                                new Upcaster(
                                        "pms.task.TaskRenamed", 0, data -> data.remove("by"))));
        byte[] old =
                "{\"taskId\":\"t\",\"projectId\":\"p\",\"old\":\"a\",\"to\":\"b\",\"by\":\"x\"}"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(upcasting.read("pms.task.TaskRenamed.v-1", old))
                .isEqualTo(new TaskRenamed("t", "p", "a", "b"));
        assertThatThrownBy(() ->
                        new JsonEventTypes(
                                List.of(new Upcaster("pms.task.TaskRenamed", 7, data -> {}))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTypesAndMembersItDoesNotKnow() {
        assertThatThrownBy(() ->
                        types.read(
                                "pms.task.TaskExploded.v1", "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnknownEventTypeException.class);
        assertThatThrownBy(() ->
                        types.read(
                                "pms.task.TaskClosed.v1",
                                "{\"taskId\":\"t\",\"projectId\":\"p\",\"x\":1}"
                                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedEntryException.class);
    }
}
