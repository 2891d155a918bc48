package io.pms.query.task;

import io.pms.http.Problem;
import io.pms.query.PageQuery;
import io.pms.query.Parameters;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        return isWholeIndex() ? PageQuery.all(indexOfProject(), descending, "") : filtered();
    }

    /** Nothing but a project is asked for, and there is an index in that order. */
    private boolean isWholeIndex() {
        return !sort.equals("due")
                && status == null
                && assignee == null
                && dueFrom == null
                && dueTo == null
                && open == null
                && overdue == null
                && summary == null;
    }

    private String indexOfProject() {
        return project == null ? sort : sort + ".p:" + project;
    }

    private PageQuery filtered() {
        Map<String, String> conditions = new LinkedHashMap<>();
        if (summary != null) conditions.put("summary", summary ? "1" : "0");
        if (overdue != null) conditions.put("overdue", overdue ? "1" : "0");
        String index = index(conditions);
        return new PageQuery(
                index,
                dueFrom == null ? "-inf" : seconds(dueFrom),
                dueTo == null ? (dueFrom == null ? "+inf" : "1e15") : seconds(dueTo),
                sortField(),
                textField(),
                descending,
                conditions,
                "");
    }

    /** The narrowest index by due date; what it does not answer becomes a condition. */
    private String index(Map<String, String> conditions) {
        String ifOpen = asksForOpenOnes() ? ".open" : "";
        if (assignee != null) {
            if (project != null) conditions.put("project", project);
            if (status != null) conditions.put("status", status);
            if (Boolean.FALSE.equals(open)) conditions.put("open", "0");
            return "due.a" + ifOpen + ":" + assignee;
        }
        if (status != null) {
            if (open != null) conditions.put("open", open ? "1" : "0");
            return project == null ? "due.s:" + status : "due.p.s:" + project + ":" + status;
        }
        if (Boolean.FALSE.equals(open)) conditions.put("open", "0");
        return project == null ? "due" + ifOpen : "due.p" + ifOpen + ":" + project;
    }

    /** Overdue tasks are open ones, of which there are fewer to look at. */
    private boolean asksForOpenOnes() {
        return Boolean.TRUE.equals(open) || (open == null && Boolean.TRUE.equals(overdue));
    }

    private String sortField() {
        return switch (sort) {
            case "due" -> PageQuery.SORTED;
            case "start" -> "startScore";
            default -> sort;
        };
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
