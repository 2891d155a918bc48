package io.pms.query.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.event.Event;
import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.ProjectEvent;
import io.pms.event.TaskEvent;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FeedTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static List<String> showing(String actor, String data) {
        Activity activity =
                new Activity(1, "pms.x.Y.v9", "s", 0, "", "", actor, null, JSON.readTree(data));
        return Feed.showing(activity).stream().map(Feed::list).toList();
    }

    @Test
    void anEventIsInTheFeedsOfWhomItNames() {
        assertThat(showing(null, "{}")).containsExactly("all");
        assertThat(showing("ann", "{\"projectId\":\"p\",\"taskId\":\"t\"}"))
                .containsExactly("all", "actor:ann", "project:p", "task:t");
        assertThat(showing(null, "{\"projectId\":7,\"data\":{\"taskId\":\"t\"}}"))
                .containsExactly("all");
        assertThat(showing(null, "[1]")).containsExactly("all");
    }

    /** The projection asks the events, a feed their members: every event must have them. */
    @Test
    void everyEventNamesItsProjectAndItsTaskByTheSameMembers() {
        assertThat(records(TaskEvent.class)).isNotEmpty();
        assertThat(records(TaskEvent.class))
                .allMatch(type -> members(type).containsAll(List.of("taskId", "projectId")));
        assertThat(records(ProjectEvent.class))
                .allMatch(type -> members(type).contains("projectId"))
                .noneMatch(type -> members(type).contains("taskId"));
        assertThat(records(PersonEvent.class))
                .noneMatch(type -> members(type).contains("taskId"))
                .noneMatch(type -> members(type).contains("projectId"));
        assertThat(records(LogEvent.class))
                .noneMatch(type -> members(type).contains("taskId"))
                .noneMatch(type -> members(type).contains("projectId"));
        assertThat(records(Event.class))
                .hasSize(
                        records(TaskEvent.class).size()
                                + records(ProjectEvent.class).size()
                                + records(PersonEvent.class).size()
                                + records(LogEvent.class).size());
    }

    private static List<Class<?>> records(Class<?> sealed) {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> type : sealed.getPermittedSubclasses())
            if (type.isRecord()) records.add(type);
            else records.addAll(records(type));
        return records;
    }

    private static List<String> members(Class<?> type) {
        return Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList();
    }
}
