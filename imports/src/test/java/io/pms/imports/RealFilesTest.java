package io.pms.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.entry.JsonEventTypes;
import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.Personal;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskStatusChanged;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mpxj.ProjectFile;
import org.mpxj.Task;
import org.mpxj.reader.UniversalProjectReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real plans and histories, where the machine has them: every task, event and amount arrives. */
class RealFilesTest {
    private static final EventTypes TYPES = new JsonEventTypes();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static ImportServer server;

    @BeforeAll
    static void start() {
        server = new ImportServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void takesEveryEventOfTheIncidentsWithinAMinuteAndNothingTwice() {
        takesAHistory("bpic2013-incidents.xes.gz", 7_554, 65_533, 1_440, 13);
    }

    @Test
    void takesEveryEventOfTheClosedProblems() {
        takesAHistory("bpic2013-closed-problems.xes.gz", 1_487, 6_660, 585, 7);
    }

    private static void takesAHistory(
            String name, int traces, int events, int resources, int states) {
        Optional<byte[]> file = TestFiles.real(name);
        if (file.isEmpty()) return;
        String tenant = ImportServer.tenant();
        Summary first = server.take(tenant, name, file.get());
        System.out.println(name + ": " + first);
        assertThat(first.tasks()).isEqualTo(traces);
        assertThat(first.skipped()).isZero();
        assertThat(first.seconds()).isLessThan(60);
        List<Entry> entries = server.entries(tenant);
        assertThat(entries).hasSize((int) first.events()).hasSize((int) first.commands());
        assertThat(count(entries, TaskCreated.class)).isEqualTo(traces);
        assertThat(count(entries, TaskStatusChanged.class)).isEqualTo(events);
        assertThat(count(entries, PersonRegistered.class)).isEqualTo(resources);
        assertThat(the(entries, ProjectCreated.class).workflow().states()).hasSize(states);
        assertThat(entries)
                .noneMatch(entry ->
                        entry.actor().equals("importer") && is(entry, TaskStatusChanged.class));
        assertNamesNobody(entries);

        long size = server.logSize();
        Summary again = server.take(tenant, "again", TestFiles.gunzip(file.get()));
        System.out.println(name + " again: " + again);
        assertThat(server.logSize()).isEqualTo(size);
        assertThat(again.project()).isEqualTo(first.project());
        assertThat(again.events()).isZero();
        assertThat(again.skipped()).isEqualTo(first.commands()).isEqualTo(again.commands());
    }

    @Test
    void takesTheCostsOfAConstructionPlan() {
        takesAPlan("sp10-cost-loaded.xer.gz", 6_260, 180, 692);
    }

    @Test
    void takesABinaryMicrosoftProjectFile() {
        takesAPlan("taskFlags-mpp14Project2013.mpp", 72, 2, 60);
    }

    @Test
    void takesAPlannerFile() {
        takesAPlan("project1.planner", 30, 2, 9);
    }

    @Test
    void takesAnMpxFile() {
        takesAPlan("mpxrecurring.mpx", 28, 0, 0);
    }

    private static void takesAPlan(String name, int tasks, int resources, int assignments) {
        Optional<byte[]> file = TestFiles.real(name);
        if (file.isEmpty()) return;
        String tenant = ImportServer.tenant();
        Summary first = server.take(tenant, name, file.get());
        System.out.println(name + ": " + first);
        assertThat(first.tasks()).isEqualTo(tasks);
        List<Entry> entries = server.entries(tenant);
        assertThat(entries).hasSize((int) first.events()).hasSize((int) first.commands());
        assertThat(count(entries, TaskCreated.class)).isEqualTo(tasks);
        assertThat(text(entries, "pms.project.ProjectSourceRecorded.v1"))
                .contains(counted("resource count", resources))
                .contains(counted("assignment count", assignments));
        String all = text(entries, "");
        assertThat(all.split("\"key\":\"assignment\",", -1)).hasSize(assignments + 1);
        assertThat(all.split("\"key\":\"resource\",\"type\":\"container\"", -1))
                .hasSize(resources + 1);
        assertThat(plannedCost(entries)).isEqualByComparingTo(mpxjCost(name, file.get()));
        assertNamesNobody(entries);

        long size = server.logSize();
        Summary again = server.take(tenant, name, TestFiles.gzip(file.get()));
        if (!name.endsWith(".gz")) {
            assertThat(server.logSize()).isEqualTo(size);
            assertThat(again.skipped()).isEqualTo(first.commands());
        }
    }

    private static String counted(String what, int count) {
        return "{\"key\":\"" + what + "\",\"type\":\"int\",\"value\":\"" + count + "\"}";
    }

    private static BigDecimal plannedCost(List<Entry> entries) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Entry entry : entries)
            if (event(entry) instanceof TaskCreated task
                    && !task.summary()
                    && task.plan().cost() != null) sum = sum.add(task.plan().cost());
        return sum;
    }

    private static BigDecimal mpxjCost(String name, byte[] file) {
        byte[] plan = name.endsWith(".gz") ? TestFiles.gunzip(file) : file;
        BigDecimal sum = BigDecimal.ZERO;
        try {
            ProjectFile project = new UniversalProjectReader().read(new ByteArrayInputStream(plan));
            for (Task task : project.getTasks())
                if (!task.getSummary() && task.getCost() != null)
                    sum =
                            sum.add(
                                    new BigDecimal(task.getCost().toString())
                                            .setScale(4, RoundingMode.HALF_EVEN));
        } catch (org.mpxj.MPXJException e) {
            throw new IllegalStateException(e);
        }
        return sum;
    }

    /** No text of any event but a registration is the name of a person. */
    static void assertNamesNobody(List<Entry> entries) {
        Set<String> names = new HashSet<>();
        for (Entry entry : entries)
            if (event(entry) instanceof PersonRegistered person
                    && person.name() instanceof Personal.Clear clear) names.add(clear.text());
        for (Entry entry : entries) {
            if (is(entry, PersonRegistered.class)) continue;
            assertThat(names).doesNotContain(entry.actor());
            collect(JSON.readTree(entry.data()), names, entry);
        }
    }

    private static void collect(JsonNode node, Set<String> names, Entry entry) {
        if (node.isString() && names.contains(node.stringValue()))
            throw new AssertionError(
                    "the name " + node + " stands in " + entry.type() + " " + entry.subject());
        for (JsonNode child : node) collect(child, names, entry);
    }

    private static Event event(Entry entry) {
        return TYPES.read(entry.type(), entry.data());
    }

    private static boolean is(Entry entry, Class<? extends Event> type) {
        return entry.type().equals(JsonEventTypes.typeOf(type));
    }

    private static long count(List<Entry> entries, Class<? extends Event> type) {
        return entries.stream().filter(entry -> is(entry, type)).count();
    }

    private static <T extends Event> T the(List<Entry> entries, Class<T> type) {
        return type.cast(
                event(entries.stream().filter(it -> is(it, type)).findFirst().orElseThrow()));
    }

    private static String text(List<Entry> entries, String type) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries)
            if (type.isEmpty() || entry.type().equals(type))
                text.append(new String(entry.data(), StandardCharsets.UTF_8));
        return text.toString();
    }
}
