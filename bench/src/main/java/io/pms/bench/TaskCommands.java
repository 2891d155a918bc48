package io.pms.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Commands over HTTP as a project's members send them: half of them create tasks, half move a task
 * that has been created along the workflow, each with an idempotency key of its own. Thread-safe.
 */
final class TaskCommands implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Tasks that can be moved; it is never longer than what has been created. */
    private final Queue<String> created = new ConcurrentLinkedQueue<>();

    private final URI platform;
    private final String project = UUID.randomUUID().toString();

    TaskCommands(URI platform) {
        this.platform = platform;
    }

    void createProject() throws IOException, InterruptedException {
        send(
                "CreateProject",
                "{\"projectId\":\"%s\",\"name\":\"Town library\"}".formatted(project));
    }

    /** Moves a task when there is one, else creates one. */
    void send() throws IOException, InterruptedException {
        String task = created.poll();
        if (task == null) createTask();
        else
            send(
                    "ChangeTaskStatus",
                    "{\"taskId\":\"%s\",\"status\":\"In progress\",\"reason\":\"the permit has come\"}"
                            .formatted(task));
    }

    private void createTask() throws IOException, InterruptedException {
        String task = UUID.randomUUID().toString();
        send(
                "CreateTask",
                "{\"taskId\":\"%s\",\"projectId\":\"%s\",\"name\":\"Lay the foundations\",\"wbs\":\"1.1\",\"plan\":{\"start\":\"2026-03-02T08:00\",\"finish\":\"2026-03-20T17:00\",\"cost\":48000,\"effortHours\":320}}"
                        .formatted(task, project));
        created.add(task);
    }

    private void send(String command, String body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(platform.resolve("/api/commands/" + command))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200)
            throw new IOException(
                    command + " was answered " + response.statusCode() + ": " + response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
