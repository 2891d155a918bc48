package io.pms.query;

import io.pms.query.QueryServer.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Tasks in two projects, made by commands that are drawn from a seed, with many equal values. */
final class RandomTasks {
    static final List<String> PEOPLE = List.of("ann", "bob", "bob:open", "s:Done");
    static final List<String> STATUSES = List.of("To do", "In progress", "Done");
    private static final List<String> NAMES =
            List.of("Dig", "dig", "DIG deeper", "Übung", "zeta", "a\nb", "🚧 road", "x".repeat(90));

    final String tenant;
    final List<String> projects = new ArrayList<>();
    final List<String> tasks = new ArrayList<>();
    long position;
    private final QueryServer server;
    private final Random random;

    RandomTasks(QueryServer server, String tenant, Random random, int count) {
        this.server = server;
        this.tenant = tenant;
        this.random = random;
        for (int i = 0; i < 2; i++)
            projects.add(command("CreateProject", Map.of("name", "Project " + i)).id());
        for (int i = 0; i < count; i++) create();
    }

    Answer command(String name, Map<String, ?> body) {
        Map<String, Object> all = new HashMap<>(body);
        all.put("occurredAt", "2025-03-0" + (1 + random.nextInt(4)) + "T08:00:00Z");
        Answer answer = server.accepted(tenant, name, all);
        position = answer.body().path("position").asLong();
        return answer;
    }

    /** A task and what happens to it. */
    String create() {
        Map<String, Object> body = new HashMap<>();
        body.put("projectId", pick(projects));
        body.put("name", pick(NAMES));
        body.put("summary", random.nextInt(4) == 0);
        if (random.nextInt(4) > 0)
            body.put("wbs", 1 + random.nextInt(3) + "." + (1 + random.nextInt(12)));
        body.put("plan", plan());
        String task = command("CreateTask", body).id();
        tasks.add(task);
        if (random.nextInt(3) > 0)
            command("AssignTask", Map.of("taskId", task, "assignees", people()));
        String status = pick(STATUSES);
        if (!status.equals("To do"))
            command("ChangeTaskStatus", Map.of("taskId", task, "status", status));
        if (random.nextInt(5) == 0) close(task);
        return task;
    }

    void close(String task) {
        command("CloseTask", Map.of("taskId", task));
    }

    Map<String, Object> plan() {
        Map<String, Object> plan = new HashMap<>();
        if (random.nextInt(4) > 0) plan.put("start", date());
        if (random.nextInt(4) > 0) plan.put("finish", "2026-02" + date().substring(7));
        return plan;
    }

    private String date() {
        return "2026-01-0" + (1 + random.nextInt(5)) + "T" + (10 + random.nextInt(2)) + ":00";
    }

    private List<String> people() {
        return PEOPLE.stream().filter(person -> random.nextInt(3) == 0).toList();
    }

    /** Every task as it is when it is asked for alone. */
    List<JsonNode> each() {
        return tasks.stream()
                .map(id -> server.getAt(position, tenant, "/api/tasks/" + id).body())
                .toList();
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
