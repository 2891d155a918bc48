package io.pms.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.ProjectEvent.ProjectDatesPlanned;
import io.pms.event.SourceAttribute;
import io.pms.event.TaskEvent.TaskAssigned;
import io.pms.event.TaskEvent.TaskCostReported;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskEffortReported;
import io.pms.event.TaskEvent.TaskProgressReported;
import io.pms.event.TaskPlan.Link;
import io.pms.event.TaskPlan.Predecessor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlanImportTest {
    private static ImportServer server;
    private static Stored sample;

    @BeforeAll
    static void start() {
        server = new ImportServer();
        String tenant = ImportServer.tenant();
        server.take(tenant, "sample-plan.xml", TestFiles.sample("sample-plan.xml"));
        sample = Stored.of(server, tenant);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void makesAProjectWithItsDates() {
        assertThat(sample.one(ProjectCreated.class).name()).isEqualTo("Footbridge over the Aller");
        ProjectDatesPlanned dates = sample.one(ProjectDatesPlanned.class);
        assertThat(dates.toStart()).isEqualTo(LocalDateTime.parse("2026-03-02T08:00"));
        assertThat(dates.toFinish()).isEqualTo(LocalDateTime.parse("2026-05-29T17:00"));
    }

    @Test
    void makesATaskOfEveryTaskSummariesIncluded() {
        assertThat(sample.all(TaskCreated.class)).hasSize(14);
        TaskCreated summary = task("Foundations");
        assertThat(summary.summary()).isTrue();
        assertThat(summary.wbs()).isEqualTo("2");
        TaskCreated task = task("Lift girders");
        assertThat(task.summary()).isFalse();
        assertThat(task.parentId()).isEqualTo(task("Superstructure").taskId());
        assertThat(task.plan().start()).isEqualTo(LocalDateTime.parse("2026-04-27T08:00"));
        assertThat(task.plan().durationHours()).isEqualByComparingTo("16");
        assertThat(task.plan().cost()).isEqualByComparingTo("11900");
        assertThat(task.plan().predecessors())
                .containsExactly(
                        new Predecessor(
                                task("Pour abutments").taskId(),
                                Link.FINISH_TO_START,
                                new BigDecimal("40")),
                        new Predecessor(
                                task("Fabricate girders").taskId(),
                                Link.FINISH_TO_START,
                                BigDecimal.ZERO));
        assertThat(task("Opening").plan().predecessors().getFirst().link())
                .isEqualTo(Link.FINISH_TO_FINISH);
    }

    @Test
    void tellsHowFarTheTasksAre() {
        assertThat(task("Survey of the banks").status()).isEqualTo("Done");
        assertThat(task("Survey of the banks").statusFinal()).isTrue();
        assertThat(task("Structural design").status()).isEqualTo("In progress");
        assertThat(task("Deck and railings").status()).isEqualTo("To do");
        assertThat(sample.all(TaskProgressReported.class))
                .extracting(TaskProgressReported::toPercent)
                .containsExactlyInAnyOrder(new BigDecimal("100"), new BigDecimal("60"));
        assertThat(sample.all(TaskEffortReported.class))
                .extracting(TaskEffortReported::toHours)
                .containsExactlyInAnyOrder(new BigDecimal("38"), new BigDecimal("36.5"));
        assertThat(sample.all(TaskCostReported.class))
                .extracting(TaskCostReported::toCost)
                .containsExactlyInAnyOrder(new BigDecimal("4150.5"), new BigDecimal("5000"));
    }

    @Test
    void registersPeopleAndAssignsThemAndKeepsMaterialAsAttribute() {
        assertThat(sample.names()).containsExactlyInAnyOrder("Helge Morland", "Priya Anand");
        assertThat(sample.all(PersonRegistered.class)).allMatch(person -> person.email() != null);
        assertThat(sample.all(TaskAssigned.class)).hasSize(6);
        sample.assertNamesNobody();
        assertThat(task("Pour abutments").attributes())
                .filteredOn(it -> it.key().equals("assignment"))
                .hasSize(2)
                .anySatisfy(it ->
                        assertThat(it.children())
                                .contains(Attributes.text("resource", "string", "Concrete")));
        assertThat(sample.source())
                .contains(Attributes.text("resource count", "int", "3"))
                .filteredOn(it -> it.key().equals("resource"))
                .hasSize(3);
    }

    @Test
    void keepsWhatATaskHasNoFieldFor() {
        List<SourceAttribute> attributes = task("Structural design").attributes();
        assertThat(attributes)
                .contains(
                        Attributes.text("Unique ID", "int", "3"),
                        Attributes.text(
                                "Notes",
                                "string",
                                "Wind loads to be agreed with the river authority."));
        assertThat(task("Permit granted").attributes())
                .contains(Attributes.text("Milestone", "boolean", "true"));
    }

    @Test
    void changesNothingTheSecondTime() {
        String tenant = ImportServer.tenant();
        byte[] file = TestFiles.sample("sample-plan.xml");
        Summary first = server.take(tenant, "a.xml", file);
        long size = server.logSize();
        Summary second = server.take(tenant, "b", TestFiles.gzip(file));
        assertThat(server.logSize()).isEqualTo(size);
        assertThat(second.project()).isEqualTo(first.project());
        assertThat(second.skipped()).isEqualTo(second.commands()).isEqualTo(first.events());
    }

    @Test
    void bringsTasksWithinTheirBoundsAndKeepsTheWhole() {
        String name = "n".repeat(501);
        StringBuilder tasks = new StringBuilder();
        StringBuilder links = new StringBuilder();
        for (int i = 2; i <= 520; i++) {
            tasks.append("<Task><UID>" + i + "</UID><ID>" + i + "</ID><Name>t</Name></Task>");
            links.append(
                    "<PredecessorLink><PredecessorUID>"
                            + i
                            + "</PredecessorUID><Type>1</Type></PredecessorLink>");
        }
        Stored stored =
                take(
                        "<Project xmlns=\"http://schemas.microsoft.com/project\"><Tasks><Task><UID>1</UID><ID>1</ID><Name>"
                                + name
                                + "</Name><WBS>"
                                + "1.".repeat(150)
                                + "</WBS><Notes>"
                                + "x".repeat(70_000)
                                + "</Notes>"
                                + links
                                + "</Task>"
                                + tasks
                                + "</Tasks></Project>");
        TaskCreated task =
                stored.all(TaskCreated.class).stream()
                        .filter(it -> it.name().startsWith("n"))
                        .findFirst()
                        .orElseThrow();
        assertThat(task.name()).hasSize(500);
        assertThat(task.wbs()).hasSize(200);
        assertThat(task.plan().predecessors()).hasSize(500);
        List<SourceAttribute> overflow =
                stored.source().stream()
                        .filter(it -> it.key().equals(task.taskId()))
                        .findFirst()
                        .orElseThrow()
                        .children();
        assertThat(overflow).contains(Attributes.text("Notes", "string", "x".repeat(70_000)));
        assertThat(overflow.size() + task.attributes().size()).isGreaterThan(20);
    }

    @Test
    void namesWhatHasNoName() {
        Stored stored =
                take(
                        "<Project xmlns=\"http://schemas.microsoft.com/project\"><Tasks><Task><UID>1</UID><ID>1</ID></Task></Tasks></Project>"
                                + " ".repeat(600)); // MPXJ wants some bytes to look at
        assertThat(stored.one(ProjectCreated.class).name()).isEqualTo("plan");
        assertThat(stored.one(TaskCreated.class).name()).isEqualTo("(unnamed)");
    }

    private static Stored take(String plan) {
        String tenant = ImportServer.tenant();
        server.take(tenant, "plan.xml", plan.getBytes(StandardCharsets.UTF_8));
        return Stored.of(server, tenant);
    }

    private static TaskCreated task(String name) {
        return sample.all(TaskCreated.class).stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
