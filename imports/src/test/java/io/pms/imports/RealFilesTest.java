package io.pms.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.SourceAttribute;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskStatusChanged;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mpxj.ProjectFile;
import org.mpxj.Task;
import org.mpxj.reader.UniversalProjectReader;

/** Real plans and histories, where the machine has them: every task, event and amount arrives. */
class RealFilesTest {
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
    void takesEveryEventOfTheIncidentsAndNothingTwice() {
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
        Stored stored = Stored.of(server, tenant);
        assertThat(stored.entries()).hasSize((int) first.events()).hasSize((int) first.commands());
        assertThat(stored.entries(TaskCreated.class)).hasSize(traces);
        assertThat(stored.entries(PersonRegistered.class)).hasSize(resources);
        assertThat(stored.entries(TaskStatusChanged.class))
                .hasSize(events)
                .noneMatch(entry -> entry.actor().equals("importer"));
        assertThat(stored.one(ProjectCreated.class).workflow().states()).hasSize(states);
        stored.assertNamesNobody();

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
        Stored stored = Stored.of(server, tenant);
        assertThat(stored.entries()).hasSize((int) first.events()).hasSize((int) first.commands());
        assertThat(stored.entries(TaskCreated.class)).hasSize(tasks);
        List<SourceAttribute> source = stored.source();
        assertThat(source)
                .contains(Attributes.text("resource count", "int", String.valueOf(resources)))
                .contains(Attributes.text("assignment count", "int", String.valueOf(assignments)));
        assertThat(source).filteredOn(it -> it.key().equals("resource")).hasSize(resources);
        assertThat(assignments(stored, source)).isEqualTo(assignments);
        assertThat(plannedCost(stored)).isEqualByComparingTo(mpxjCost(name, file.get()));
        stored.assertNamesNobody();

        long size = server.logSize();
        byte[] recompressed = TestFiles.gzip(plain(name, file.get()));
        Summary again = server.take(tenant, name, recompressed);
        assertThat(server.logSize()).isEqualTo(size);
        assertThat(again.skipped()).isEqualTo(first.commands());
    }

    /** With their tasks, or with the project where a task has too many. */
    private static long assignments(Stored stored, List<SourceAttribute> source) {
        Stream<SourceAttribute> ofTasks =
                stored.all(TaskCreated.class).stream().flatMap(task -> task.attributes().stream());
        Stream<SourceAttribute> others =
                source.stream()
                        .filter(it -> it.type().equals("task"))
                        .flatMap(it -> it.children().stream());
        return Stream.concat(ofTasks, others).filter(it -> it.key().equals("assignment")).count();
    }

    private static byte[] plain(String name, byte[] file) {
        return name.endsWith(".gz") ? TestFiles.gunzip(file) : file;
    }

    private static BigDecimal plannedCost(Stored stored) {
        BigDecimal sum = BigDecimal.ZERO;
        for (TaskCreated task : stored.all(TaskCreated.class))
            if (!task.summary() && task.plan().cost() != null) sum = sum.add(task.plan().cost());
        return sum;
    }

    private static BigDecimal mpxjCost(String name, byte[] file) {
        BigDecimal sum = BigDecimal.ZERO;
        try {
            ProjectFile project =
                    new UniversalProjectReader().read(new ByteArrayInputStream(plain(name, file)));
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
}
