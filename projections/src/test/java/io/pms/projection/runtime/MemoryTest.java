package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.KeyScanCursor;
import io.pms.entry.JsonEventTypes;
import io.pms.event.Event;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.TaskEvent.TaskAssigned;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskStatusChanged;
import io.pms.event.TaskPlan;
import io.pms.event.Workflow;
import io.pms.log.NewEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a task costs in Redis: bytes of its keys and its places in indexes, all projections. */
class MemoryTest {
    /** As docs/operating.md says; the tasks of this test have all that a planned task has. */
    private static final Map<String, Long> BYTES_A_TASK =
            Map.of("tasks", 3_600L, "projects", 500L, "activity", 300L, "people", 1L);

    private final TestRig rig = TestRig.single("--appendonly", "no");
    private final JsonEventTypes types = new JsonEventTypes();
    private int created;

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void aTaskCostsWhatIsSaidHoweverManyThereAre() {
        TestWorker worker = rig.worker(TestRig.PROJECTIONS, rig.log);
        String project = UUID.randomUUID().toString();
        rig.append(event(project, 0, new ProjectCreated(project, "Bridge", Workflow.DEFAULT)));
        create(project, 1_000);
        Map<String, Long> few = bytes();
        create(project, 4_000);
        Map<String, Long> many = bytes();
        BYTES_A_TASK.forEach((projection, most) -> {
            long bytes = many.get(projection) - few.get(projection);
            System.out.printf("%s: %d bytes a task%n", projection, bytes / 4_000);
            assertThat(bytes / 4_000).as(projection).isLessThanOrEqualTo(most);
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(worker.projections.status())
                                .allMatch(ProjectionStatus::complete));
    }

    private void create(String project, int tasks) {
        long last = -1;
        for (int batch = 0; batch < tasks / 1_000; batch++) {
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) addTask(project, events);
            last = rig.append(events);
        }
        long position = last;
        await().atMost(Duration.ofSeconds(120)).until(() -> rig.allAt(position));
    }

    private void addTask(String project, List<NewEvent> events) {
        String id = UUID.randomUUID().toString();
        String name = "Lay the foundations of pillar number " + created;
        LocalDateTime start = LocalDateTime.parse("2026-03-02T08:00").plusHours(created++);
        TaskPlan plan =
                new TaskPlan(
                        start,
                        start.plusDays(20),
                        new BigDecimal("160"),
                        new BigDecimal("48000"),
                        new BigDecimal("320"),
                        List.of());
        String wbs = "1.2." + created;
        events.add(
                event(
                        id,
                        0,
                        new TaskCreated(
                                id, project, name, wbs, null, false, "To do", false, plan,
                                List.of())));
        events.add(event(id, 1, new TaskAssigned(id, project, List.of(), List.of("ann", "bob"))));
        events.add(
                event(
                        id,
                        2,
                        new TaskStatusChanged(
                                id, project, "To do", false, "In progress", false, List.of())));
    }

    private NewEvent event(String id, long sequence, Event event) {
        return new NewEvent(
                null,
                types.typeOf(event),
                id,
                sequence,
                1_767_000_000_000_000L + created,
                "acme",
                "ann",
                null,
                null,
                null,
                null,
                null,
                types.write(event));
    }

    private Map<String, Long> bytes() {
        Map<String, Long> bytes = new TreeMap<>();
        KeyScanCursor<String> cursor = RedisLink.await(rig.redis().scan());
        while (true) {
            for (String key : cursor.getKeys())
                if (key.startsWith("{"))
                    bytes.merge(
                            key.substring(1, key.indexOf(':')),
                            RedisLink.await(rig.redis().memoryUsage(key)),
                            Long::sum);
            if (cursor.isFinished()) return bytes;
            cursor = RedisLink.await(rig.redis().scan(cursor));
        }
    }
}
