package io.pms.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.Entry;
import io.pms.entry.EntryTime;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.SourceAttribute;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskStatusChanged;
import io.pms.event.Workflow;
import io.pms.event.Workflow.Transition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HistoryImportTest {
    private static ImportServer server;
    private static Stored sample;

    @BeforeAll
    static void start() {
        server = new ImportServer();
        String tenant = ImportServer.tenant();
        server.take(tenant, "sample-history.xes", TestFiles.sample("sample-history.xes"));
        sample = Stored.of(server, tenant);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void makesATaskOfATraceAndAStatusChangeOfEveryEvent() {
        assertThat(sample.entries(TaskCreated.class)).hasSize(8);
        assertThat(sample.entries(TaskStatusChanged.class)).hasSize(39);
        TaskCreated task = task("REQ-1002 Pothole, Station Road");
        assertThat(task.status()).isEqualTo("Registered / start");
        assertThat(task.attributes())
                .containsExactly(Attributes.text("priority", "string", "high"));
        List<TaskStatusChanged> changes = changes(sample, task.taskId());
        assertThat(changes)
                .extracting(TaskStatusChanged::to)
                .containsExactly(
                        "Registered / start",
                        "Assigned / complete",
                        "In repair / start",
                        "In repair / suspend",
                        "In repair / resume",
                        "In repair / complete",
                        "Closed / complete");
        assertThat(changes.getLast().toFinal()).isTrue();
        assertThat(changes.get(5).attributes())
                .singleElement()
                .satisfies(cost -> {
                    assertThat(cost.type()).isEqualTo("float");
                    assertThat(cost.children())
                            .containsExactly(Attributes.text("currency", "string", "EUR"));
                });
    }

    @Test
    void saysWhenItHappenedAndWhoDidIt() {
        TaskCreated task = task("REQ-1006 Traffic light stuck, Bridge Square");
        List<Entry> entries =
                sample.entries().stream()
                        .filter(entry -> task.taskId().equals(entry.subject()))
                        .toList();
        assertThat(EntryTime.toInstant(entries.get(0).timeMicros()))
                .isEqualTo(EntryTime.toInstant(entries.get(1).timeMicros()))
                .isEqualTo(Instant.parse("2025-03-05T15:05:00Z"));
        assertThat(entries.get(1).actor()).isEqualTo("importer");
        Entry mira =
                sample.entries(PersonRegistered.class).stream()
                        .filter(it ->
                                new String(it.data(), StandardCharsets.UTF_8).contains("Mira"))
                        .findFirst()
                        .orElseThrow();
        assertThat(entries.get(2).actor()).isEqualTo(mira.subject());
        assertThat(entries.get(2).metadata()).contains("\"import\"");
    }

    @Test
    void learnsTheWorkflowThatTheLogShows() {
        ProjectCreated project = sample.one(ProjectCreated.class);
        assertThat(project.name()).isEqualTo("Repair requests of Westhaven");
        Workflow workflow = project.workflow();
        assertThat(workflow.states())
                .startsWith("Registered / start", "Assigned / complete", "In repair / start");
        assertThat(workflow.initial()).containsExactly("Registered / start");
        assertThat(workflow.finals())
                .containsExactlyInAnyOrder("Closed / complete", "Rejected / complete");
        assertThat(workflow.transitions())
                .contains(
                        new Transition("Registered / start", "Registered / start"),
                        new Transition("In repair / complete", "In repair / start"))
                .doesNotContain(new Transition("Closed / complete", "Closed / complete"));
    }

    @Test
    void namesPeopleOnlyWhereTheyAreRegistered() {
        assertThat(sample.names())
                .containsExactlyInAnyOrder(
                        "Mira Holt", "Jonas Brandt", "Adaeze Obi", "Lin Castell");
        sample.assertNamesNobody();
    }

    @Test
    void keepsWhatTheLogSaysOutsideOfTraces() {
        List<SourceAttribute> source = sample.source();
        assertThat(source)
                .contains(
                        Attributes.text("xes.version", "log", "1849-2016"),
                        new SourceAttribute(
                                "Time",
                                "extension",
                                "http://www.xes-standard.org/time.xesext",
                                List.of(Attributes.text("prefix", "string", "time"))),
                        new SourceAttribute(
                                "trace",
                                "global",
                                null,
                                List.of(Attributes.text("concept:name", "string", "unknown"))),
                        Attributes.text(
                                "Activity classifier",
                                "classifier",
                                "concept:name lifecycle:transition"));
        assertThat(source).filteredOn(it -> it.key().equals("requests")).hasSize(1);
    }

    @Test
    void changesNothingTheSecondTime() {
        String tenant = ImportServer.tenant();
        byte[] file = TestFiles.sample("sample-history.xes");
        Summary first = server.take(tenant, "a.xes", file);
        long size = server.logSize();
        Summary second = server.take(tenant, "b", TestFiles.gzip(file));
        assertThat(server.logSize()).isEqualTo(size);
        assertThat(second.project()).isEqualTo(first.project());
        assertThat(second.skipped()).isEqualTo(second.commands()).isEqualTo(first.events());
        assertThat(second.events()).isZero();
    }

    @Test
    void takesALogThatSaysHardlyAnything() {
        Stored stored =
                take(
                        """
                        <log>
                          <trace/>
                          <trace>
                            <string key="concept:name" value=" "/>
                            <event/>
                            <event><string key="concept:name" value="a / b"/></event>
                            <event><string key="concept:name" value="c"/><string key="org:resource" value=""/></event>
                          </trace>
                        </log>
                        """);
        assertThat(stored.one(ProjectCreated.class).name()).isEqualTo("some file");
        assertThat(stored.all(TaskCreated.class))
                .extracting(TaskCreated::name)
                .containsExactlyInAnyOrder("(unnamed)", "(unnamed)");
        assertThat(stored.all(TaskStatusChanged.class))
                .extracting(TaskStatusChanged::to)
                .containsExactly("(unnamed)", "a / b", "c");
        assertThat(stored.all(TaskStatusChanged.class).get(1).attributes())
                .as("kept, because the status does not split into what it was made of")
                .containsExactly(Attributes.text("concept:name", "string", "a / b"));
        assertThat(stored.all(TaskStatusChanged.class).get(2).attributes()).hasSize(1);
    }

    @Test
    void readsClassifiersWithQuotedKeysAndPrefersTheActivityClassifier() {
        String event =
                "<event><string key=\"what is done\" value=\"dig\"/><string key=\"concept:name\" value=\"x\"/></event>";
        for (String classifiers :
                List.of(
                        "<classifier name=\"Other\" keys=\"concept:name\"/><classifier name=\"Activity classifier\" keys=\"'what is done' concept:name\"/>",
                        "<classifier name=\"Other\" keys=\"concept:name\"/><classifier name=\"my ACTIVITY\" keys=\"'what is done' concept:name\"/>"))
            assertThat(
                            take("<log>" + classifiers + "<trace>" + event + "</trace></log>")
                                    .one(TaskCreated.class)
                                    .status())
                    .isEqualTo("dig / x");
        assertThat(take("<log><trace>" + event + "</trace></log>").one(TaskCreated.class).status())
                .isEqualTo("x");
    }

    @Test
    void keepsNestedAttributesListsAndLongNames() {
        String name = "n".repeat(600);
        Stored stored =
                take(
                        "<log><trace><string key=\"concept:name\" value=\""
                                + name
                                + "\"/><list key=\"l\"><values><int key=\"i\" value=\"1\"/></values></list>"
                                + "<container key=\"c\"><id key=\"d\" value=\"e\"/></container>"
                                + "<string key=\"org:resource\" value=\"Nora\"/></trace></log>");
        TaskCreated task = stored.one(TaskCreated.class);
        assertThat(task.name()).hasSize(500);
        assertThat(task.attributes())
                .contains(
                        Attributes.text("concept:name", "string", name),
                        new SourceAttribute(
                                "l",
                                "list",
                                null,
                                List.of(
                                        new SourceAttribute(
                                                "values",
                                                "values",
                                                null,
                                                List.of(Attributes.text("i", "int", "1"))))),
                        Attributes.container("c", List.of(Attributes.text("d", "id", "e"))));
        stored.assertNamesNobody();
        assertThat(stored.names()).containsExactly("Nora");
    }

    @Test
    void splitsAttributesOfTheLogThatNoEventCanHold() {
        String text = "ä".repeat(50_000);
        StringBuilder children = new StringBuilder();
        for (int i = 0; i < 2_000; i++)
            children.append("<int key=\"child " + i + "\" value=\"" + i + "\"/>");
        Stored stored =
                take(
                        "<log><string key=\"long\" value=\""
                                + text
                                + "\"/><float key=\"wide\" value=\"1.5\">"
                                + children
                                + "</float></log>");
        List<SourceAttribute> source = stored.source();
        assertThat(source).hasSize(2);
        assertThat(source.getFirst()).isEqualTo(Attributes.text("long", "string", text));
        assertThat(source.getLast().value()).isEqualTo("1.5");
        assertThat(source.getLast().children())
                .hasSize(2_000)
                .endsWith(Attributes.text("child 1999", "int", "1999"));
    }

    private static Stored take(String log) {
        String tenant = ImportServer.tenant();
        server.take(tenant, "folder/some file.xes.gz", log.getBytes(StandardCharsets.UTF_8));
        return Stored.of(server, tenant);
    }

    private static TaskCreated task(String name) {
        return sample.all(TaskCreated.class).stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<TaskStatusChanged> changes(Stored stored, String taskId) {
        return stored.all(TaskStatusChanged.class).stream()
                .filter(change -> change.taskId().equals(taskId))
                .toList();
    }
}
