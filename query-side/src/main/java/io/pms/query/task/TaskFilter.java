package io.pms.query.task;

import io.pms.http.Problem;
import io.pms.projection.TaskProjection;
import io.pms.query.PageQuery;
import io.pms.query.Parameters;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks, and in which order.
 *
 * @param dueFrom earliest planned finish, itself included
 * @param dueTo latest planned finish, itself included
 */
record TaskFilter(
        @Nullable String project,
        @Nullable String status,
        @Nullable String assignee,
        @Nullable LocalDateTime dueFrom,
        @Nullable LocalDateTime dueTo,
        @Nullable Boolean open,
        @Nullable Boolean overdue,
        @Nullable Boolean summary,
        String sort,
        boolean descending) {
    private static final List<String> ASCENDING =
            List.of("due", "start", "created", "updated", "name", "wbs");

    static TaskFilter of(Parameters parameters) {
        String sort =
                parameters.text("sort") == null ? "due" : String.valueOf(parameters.text("sort"));
        boolean descending = sort.startsWith("-");
        String order = descending ? sort.substring(1) : sort;
        String project = parameters.text("project");
        if (!ASCENDING.contains(order))
            throw bad(
                    "sort must be one of " + ASCENDING + ", with a minus in front for the reverse");
        if (order.equals("wbs") && project == null) throw bad("sort=wbs needs project");
        return new TaskFilter(
                project,
                parameters.text("status"),
                parameters.text("assignee"),
                parameters.time("dueFrom", false),
                parameters.time("dueTo", true),
                parameters.flag("open"),
                parameters.flag("overdue"),
                parameters.flag("summary"),
                order,
                descending);
    }

    private static Problem bad(String what) {
        return new Problem(400, "bad-parameter", "A parameter is malformed", what);
    }

    /** The tasks of one person that are still to be done. */
    static TaskFilter openWorkOf(String person, TaskFilter order) {
        return new TaskFilter(
                order.project(),
                order.status(),
                person,
                order.dueFrom(),
                order.dueTo(),
                true,
                order.overdue(),
                order.summary(),
                order.sort(),
                order.descending());
    }

    PageQuery query() {
        List<String> within = memberships();
        List<String> without = exclusions();
        String orderOfProject = project == null ? sort : sort + ".p:" + project;
        // In an index of texts members are not only ids, so that it cannot be intersected.
        boolean isSortedByText = !textField().isEmpty();
        boolean isDue = sort.equals("due");
        if (!isRanged() && !isDue && !isSortedByText) {
            within.remove("due.p:" + project);
            return query(orderOfProject, "", within, without);
        }
        boolean isProject = within.isEmpty() || within.equals(List.of("due.p:" + project));
        if (isSortedByText && !isRanged() && isProject && without.isEmpty())
            return PageQuery.all(orderOfProject, descending, "");
        String candidates = within.isEmpty() ? "due" : within.removeFirst();
        return query(
                candidates, isDue ? "" : isSortedByText ? orderOfProject : sort, within, without);
    }

    private PageQuery query(
            String candidates, String order, List<String> within, List<String> without) {
        String latest = dueFrom == null ? "+inf" : "(" + TaskProjection.NO_DATE;
        return new PageQuery(
                candidates,
                dueFrom == null ? "-inf" : seconds(dueFrom),
                dueTo == null ? latest : seconds(dueTo),
                order,
                textField(),
                descending,
                within,
                without,
                "");
    }

    private boolean isRanged() {
        return dueFrom != null || dueTo != null;
    }

    /**
     * The indexes by due date that a task must be in, of which the first is mostly the smallest.
     */
    private List<String> memberships() {
        List<String> indexes = new ArrayList<>();
        boolean isOpen = Boolean.TRUE.equals(open);
        String ifOpen = isOpen ? ".open" : "";
        if (Boolean.TRUE.equals(overdue)) indexes.add("due.overdue");
        if (assignee != null) indexes.add("due.a" + ifOpen + ":" + assignee);
        if (status != null)
            indexes.add(project == null ? "due.s:" + status : "due.p.s:" + project + ":" + status);
        else if (project != null) indexes.add("due.p" + ifOpen + ":" + project);
        boolean isOpenAlready = assignee != null || (status == null && project != null);
        if (isOpen && !isOpenAlready) indexes.add("due.open");
        if (Boolean.TRUE.equals(summary)) indexes.add("due.summary");
        return indexes;
    }

    /** Those that it must not be in. */
    private List<String> exclusions() {
        List<String> indexes = new ArrayList<>();
        if (Boolean.FALSE.equals(open)) indexes.add("due.open");
        if (Boolean.FALSE.equals(overdue)) indexes.add("due.overdue");
        if (Boolean.FALSE.equals(summary)) indexes.add("due.summary");
        return indexes;
    }

    private String textField() {
        return switch (sort) {
            case "name" -> "nameKey";
            case "wbs" -> "wbsKey";
            default -> "";
        };
    }

    private static String seconds(LocalDateTime time) {
        return String.valueOf(time.toEpochSecond(ZoneOffset.UTC));
    }
}
