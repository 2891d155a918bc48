package io.pms.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Commands over HTTP as a project's members send them: half of them create tasks, half move a task
 * that has been created along the workflow, each with an idempotency key of its own. Thread-safe.
 */
final class TaskCommands implements AutoCloseable {
    private final PlatformClient client;

    /** Tasks that can be moved; it is never longer than what has been created. */
    private final Queue<String> created = new ConcurrentLinkedQueue<>();

    private final String project = UUID.randomUUID().toString();

    TaskCommands(URI platform) {
        this.client = new PlatformClient(platform, "default");
    }

    void createProject() throws IOException, InterruptedException {
        client.command(
                "CreateProject",
                "{\"projectId\":\"%s\",\"name\":\"Town library\"}".formatted(project));
    }

    /** Moves a task when there is one, else creates one. */
    void send() throws IOException, InterruptedException {
        String task = created.poll();
        if (task == null) created.add(createTask());
        else move(task, "In progress");
    }

    /** Answers the new task's id. */
    String createTask() throws IOException, InterruptedException {
        return create().task();
    }

    /**
     * @param position of its event
     */
    record Created(String task, long position) {}

    Created create() throws IOException, InterruptedException {
        String task = UUID.randomUUID().toString();
        long position =
                client.command(
                        "CreateTask",
                        "{\"taskId\":\"%s\",\"projectId\":\"%s\",\"name\":\"Lay the foundations\",\"wbs\":\"1.1\",\"plan\":{\"start\":\"2026-03-02T08:00\",\"finish\":\"2026-03-20T17:00\",\"cost\":48000,\"effortHours\":320}}"
                                .formatted(task, project));
        return new Created(task, position);
    }

    /**
     * Answers the position from which on queries show it.
     *
     * @param status another one than the task has
     */
    long move(String task, String status) throws IOException, InterruptedException {
        return client.command(
                "ChangeTaskStatus",
                "{\"taskId\":\"%s\",\"status\":\"%s\",\"reason\":\"the permit has come\"}"
                        .formatted(task, status));
    }

    /**
     * Asks for a task as it is at a position or later.
     *
     * @param status that it has there
     * @throws IOException when it is not answered, or with another status
     */
    void see(String task, long minPosition, String status)
            throws IOException, InterruptedException {
        String answer = client.get("/api/tasks/" + task, minPosition);
        if (!answer.contains("\"status\":\"" + status + "\""))
            throw new IOException("a task that is " + status + " is shown as " + answer);
    }

    @Override
    public void close() {
        client.close();
    }
}
