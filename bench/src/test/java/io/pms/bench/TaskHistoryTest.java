package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.TaskEvent;
import io.pms.event.TaskEvent.TaskCreated;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TaskHistoryTest {
    private static final TaskHistory.Shape SHAPE = new TaskHistory.Shape(3, 5, 10);
    private static final List<String> TENANTS = TaskHistory.tenants(4);

    @Test
    void isTheSameEveryTime() {
        assertThat(history().events(3_000).toList()).isEqualTo(history().events(3_000).toList());
    }

    @Test
    void givesEachAggregateDenseSequencesThatBeginWithItsCreation() {
        Map<String, Long> sequences = new HashMap<>();
        history()
                .events(3_000)
                .forEach(sample -> {
                    long expected = sequences.merge(sample.aggregateId(), 1L, Long::sum) - 1;
                    assertThat(sample.sequence()).isEqualTo(expected);
                    boolean created =
                            sample.event() instanceof TaskCreated
                                    || sample.event() instanceof ProjectCreated;
                    assertThat(created).isEqualTo(expected == 0);
                });
    }

    @Test
    void givesATaskTenEventsOnTheAverage() {
        Map<String, Long> events =
                history()
                        .events(100_000)
                        .filter(sample -> sample.event() instanceof TaskEvent)
                        .collect(Collectors.groupingBy(Sample::aggregateId, Collectors.counting()));
        assertThat(events.values().stream().mapToLong(Long::longValue).average().orElseThrow())
                .isBetween(9.0, 11.0);
    }

    /** So that nothing is gained by bringing together what comes together. */
    @Test
    void keepsATasksEventsApart() {
        List<Sample> samples = history().events(20_000).toList();
        Map<String, Integer> last = new HashMap<>();
        int gaps = 0;
        long distance = 0;
        for (int i = 0; i < samples.size(); i++) {
            Integer before = last.put(samples.get(i).aggregateId(), i);
            if (before == null) continue;
            gaps++;
            distance += i - before;
        }
        assertThat(distance / gaps).isGreaterThan(400);
    }

    @Test
    void endsWithSoManyTasks() {
        TaskHistory history = history();
        List<Sample> samples = history.untilTasks(700).toList();
        assertThat(samples.stream().filter(sample -> sample.event() instanceof TaskCreated))
                .hasSize(700);
    }

    @Test
    void namesWhatItCreates() {
        List<String> ids = history().untilTasks(700).map(Sample::aggregateId).toList();
        assertThat(ids)
                .contains(
                        TaskHistory.projectId(TENANTS.getFirst(), 2),
                        TaskHistory.taskId(TENANTS.getFirst(), 199));
    }

    private static TaskHistory history() {
        return new TaskHistory(TENANTS, SHAPE);
    }
}
