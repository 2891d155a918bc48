package io.pms.projection;

import io.pms.event.LogEvent;
import io.pms.event.PersonEvent;
import io.pms.event.ProjectEvent;
import io.pms.event.TaskEvent;

/**
 * What happened, in order, for an organisation, a project, a task and a person who acted: lists of
 * positions. What an event says is read from the log.
 */
public final class ActivityProjection implements Projection {
    @Override
    public String name() {
        return "activity";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void apply(Recorded recorded, Writes writes) {
        String tenant = recorded.tenant();
        String position = Long.toString(recorded.entry().position());
        writes.push(tenant, "all", position);
        if (recorded.entry().actor() != null)
            writes.push(tenant, "actor:" + recorded.entry().actor(), position);
        switch (recorded.event()) {
            case ProjectEvent event ->
                    writes.push(tenant, "project:" + event.projectId(), position);
            case TaskEvent event -> {
                writes.push(tenant, "project:" + event.projectId(), position);
                writes.push(tenant, "task:" + event.taskId(), position);
            }
            case PersonEvent event -> {}
            case LogEvent event -> {}
        }
    }
}
