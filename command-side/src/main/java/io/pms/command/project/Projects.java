package io.pms.command.project;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pms.command.Refused;
import io.pms.command.Refused.Rule;
import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.event.ProjectEvent;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.log.EventLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about tasks need to know of their project, folded from its events and kept.
 *
 * <p>A task command does not load the project as an aggregate: its lock would put all tasks of a
 * project in a row. So a task may be decided on a project that is changed at the same moment; the
 * order in the log says which came first, and both are kept. Thread-safe.
 */
public final class Projects {
    /** Projects in memory; others are read again when they are needed. */
    private static final int MAX_CACHED = 10_000;

    private static final int BATCH = 500;

    private final EventLog log;
    private final EventTypes types;
    private final Cache<String, ProjectState> cache =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

    public Projects(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /**
     * The project as it is known here; {@link #forget} makes the next call read it again.
     *
     * @throws Refused when there is none in this organisation
     */
    public ProjectState find(String projectId, String tenant) {
        ProjectState project = cache.getIfPresent(projectId);
        if (project == null) {
            project = read(projectId);
            if (project != null) cache.put(projectId, project);
        }
        if (project == null || !project.tenant().equals(tenant))
            throw new Refused(Rule.NOT_FOUND, "there is no project " + projectId);
        return project;
    }

    /** Reads the project again when it is asked for next. */
    public void forget(String projectId) {
        cache.invalidate(projectId);
    }

    private @Nullable ProjectState read(String projectId) {
        ProjectState state = null;
        for (long from = 0; ; ) {
            List<Entry> entries = log.readStream(projectId, from, BATCH);
            for (Entry entry : entries) {
                if (!(types.read(entry.type(), entry.data()) instanceof ProjectEvent event))
                    return null;
                state =
                        event instanceof ProjectCreated created
                                ? created(created, entry)
                                : next(state, event);
                from = entry.sequence() + 1;
            }
            if (entries.size() < BATCH) return state;
        }
    }

    private static ProjectState created(ProjectCreated event, Entry entry) {
        return ProjectState.created(event, entry.tenant() == null ? "" : entry.tenant());
    }

    private static @Nullable ProjectState next(@Nullable ProjectState state, ProjectEvent event) {
        return state == null ? null : state.after(event);
    }
}
