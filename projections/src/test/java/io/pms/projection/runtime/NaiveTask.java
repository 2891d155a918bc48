package io.pms.projection.runtime;

import io.pms.entry.Entry;
import io.pms.event.TaskEvent;
import io.pms.event.TaskEvent.TaskAssigned;
import io.pms.event.TaskEvent.TaskClosed;
import io.pms.event.TaskEvent.TaskCommented;
import io.pms.event.TaskEvent.TaskCostReported;
import io.pms.event.TaskEvent.TaskCreated;
import io.pms.event.TaskEvent.TaskEffortReported;
import io.pms.event.TaskEvent.TaskFlaggedOverdue;
import io.pms.event.TaskEvent.TaskProgressReported;
import io.pms.event.TaskEvent.TaskRenamed;
import io.pms.event.TaskEvent.TaskReopened;
import io.pms.event.TaskEvent.TaskReplanned;
import io.pms.event.TaskEvent.TaskStatusChanged;
import io.pms.event.TaskPlan;
import io.pms.projection.SortKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A task, its places in indexes, and what it adds to its project's sums. */
final class NaiveTask extends NaiveEntity {
    private final String project;
    private final Map<String, String> account = new TreeMap<>();
    private List<String> assignees = List.of();
    private boolean summary;
    private boolean done;
    private boolean closed;
    private BigDecimal percent = BigDecimal.ZERO;
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal spentHours = BigDecimal.ZERO;
    private TaskPlan plan = TaskPlan.EMPTY;

    NaiveTask(Entry first, TaskEvent event) {
        super(first);
        project = event.projectId();
    }

    void apply(Entry entry, TaskEvent event) {
        seen(entry);
        switch (event) {
            case TaskCreated e -> created(e);
            case TaskRenamed e -> named(e.to());
            case TaskReplanned e -> planned(e.toWbs(), e.to());
            case TaskAssigned e -> assigned(e.to());
            case TaskStatusChanged e -> moved(e.to(), e.toFinal());
            case TaskProgressReported e -> {
                percent = e.toPercent();
                set("percent", percent.toPlainString());
                account.put("percent", scaled(percent, 2).toString());
            }
            case TaskEffortReported e -> {
                spentHours = e.toHours();
                set("actualEffortHours", spentHours.toPlainString());
                account.put("spentHours", scaled(spentHours, 4).toString());
            }
            case TaskCostReported e -> {
                spent = e.toCost();
                set("actualCost", spent.toPlainString());
                account.put("spent", scaled(spent, 4).toString());
            }
            case TaskCommented e -> {}
            case TaskClosed e -> closed(true);
            case TaskReopened e -> closed(false);
            case TaskFlaggedOverdue e -> set("flaggedFinish", e.plannedFinish());
        }
    }

    private void created(TaskCreated e) {
        set("project", project);
        set("parent", e.parentId());
        summary = e.summary();
        flag("summary", summary);
        account.put("summary", summary ? "1" : "0");
        flag("closed", false);
        set(
                "attributes",
                e.attributes().isEmpty() ? null : JSON.writeValueAsString(e.attributes()));
        named(e.name());
        moved(e.status(), e.statusFinal());
        planned(e.wbs(), e.plan());
    }

    private void assigned(List<String> to) {
        assignees = to;
        set("assignees", to.isEmpty() ? null : String.join(",", to));
    }

    private void moved(String status, boolean isFinal) {
        done = isFinal;
        set("status", status);
        flag("done", done);
        account.put("status", status);
        account.put("done", done ? "1" : "0");
    }

    private void closed(boolean now) {
        closed = now;
        flag("closed", now);
        account.put("closed", now ? "1" : "0");
    }

    private void planned(String wbs, TaskPlan to) {
        plan = to;
        set("wbs", wbs);
        set("wbsKey", wbs == null ? null : SortKey.ofWbs(wbs));
        set("plannedStart", to.start());
        set("plannedFinish", to.finish());
        set("startScore", to.start() == null ? "1e17" : seconds(to.start()));
        set("dueScore", to.finish() == null ? "1e17" : seconds(to.finish()));
        set("durationHours", plain(to.durationHours()));
        set("plannedCost", plain(to.cost()));
        set("plannedEffortHours", plain(to.effortHours()));
        set(
                "predecessors",
                to.predecessors().isEmpty() ? null : JSON.writeValueAsString(to.predecessors()));
    }

    private static String plain(BigDecimal value) {
        return value == null ? null : value.toPlainString();
    }

    private static long seconds(LocalDateTime date) {
        return date.toEpochSecond(ZoneOffset.UTC);
    }

    private static BigInteger scaled(BigDecimal value, int decimals) {
        return value == null
                ? BigInteger.ZERO
                : value.setScale(decimals, RoundingMode.UNNECESSARY).unscaledValue();
    }

    void spread(NaiveKeys keys) {
        String prefix = NaiveFold.prefix(0, tenant);
        boolean open = !done && !closed;
        flag("open", open);
        keys.hash(prefix + "e:" + id, fields);
        keys.index(prefix + "due", score("dueScore"), id);
        keys.index(prefix + "due.p:" + project, score("dueScore"), id);
        String status = fields.get("status");
        keys.index(prefix + "due.s:" + status, score("dueScore"), id);
        keys.index(prefix + "due.p.s:" + project + ":" + status, score("dueScore"), id);
        for (String person : assignees)
            keys.index(prefix + "due.a:" + person, score("dueScore"), id);
        if (fields.get("summary").equals("1"))
            keys.index(prefix + "due.summary", score("dueScore"), id);
        if (open) spreadOpen(keys, prefix);
        for (String order : List.of("start", "created", "updated")) {
            double score = score(order.equals("start") ? "startScore" : order);
            keys.index(prefix + order, score, id);
            keys.index(prefix + order + ".p:" + project, score, id);
        }
        keys.index(prefix + "name", 0, sorted("nameKey"));
        keys.index(prefix + "name.p:" + project, 0, sorted("nameKey"));
        keys.index(prefix + "wbs.p:" + project, 0, sorted("wbsKey"));
        spreadSums(keys, NaiveFold.prefix(1, tenant), open);
    }

    private void spreadOpen(NaiveKeys keys, String prefix) {
        keys.index(prefix + "due.open", score("dueScore"), id);
        keys.index(prefix + "due.p.open:" + project, score("dueScore"), id);
        String flagged = fields.get("flaggedFinish");
        if (flagged != null && flagged.equals(fields.get("plannedFinish")))
            keys.index(prefix + "due.overdue", score("dueScore"), id);
        for (String person : assignees)
            keys.index(prefix + "due.a.open:" + person, score("dueScore"), id);
    }

    private void spreadSums(NaiveKeys keys, String prefix, boolean open) {
        Map<String, String> known = new TreeMap<>(account);
        known.put("project", project);
        if (plan.cost() != null) known.put("cost", scaled(plan.cost(), 4).toString());
        if (plan.effortHours() != null)
            known.put("effort", scaled(plan.effortHours(), 4).toString());
        if (plan.start() != null) known.put("start", plan.start().toString());
        if (plan.finish() != null) known.put("finish", plan.finish().toString());
        keys.hash(prefix + "k:" + id, known);
        keys.count(prefix + "s:" + project, fields.get("status"));
        String sums = prefix + "n:" + project;
        keys.count(sums, "tasks");
        if (open) keys.count(sums, "open");
        if (summary) keys.count(sums, "summaries");
        else spreadPlan(keys, prefix, sums);
    }

    private void spreadPlan(NaiveKeys keys, String prefix, String sums) {
        BigDecimal progress = done ? new BigDecimal("100.00") : percent;
        keys.sum(sums, "percent", scaled(progress, 2));
        keys.sum(sums, "cost", scaled(plan.cost(), 4));
        keys.sum(sums, "effort", scaled(plan.effortHours(), 4));
        keys.sum(sums, "spent", scaled(spent, 4));
        keys.sum(sums, "spentHours", scaled(spentHours, 4));
        BigDecimal cost = plan.cost() == null ? BigDecimal.ZERO : plan.cost();
        BigDecimal earned =
                cost.multiply(progress).movePointLeft(2).setScale(4, RoundingMode.HALF_UP);
        keys.sum(sums, "earned", earned.unscaledValue());
        String period =
                (plan.start() == null ? "" : plan.start().toString())
                        + "|"
                        + (plan.finish() == null ? "" : plan.finish().toString());
        keys.sum(prefix + "v:" + project, period, scaled(plan.cost(), 4));
    }
}
