package io.pms.bench;

import io.pms.entry.CommandIds;
import io.pms.event.Event;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What members of organisations do with their tasks, event by event, the same every time.
 *
 * <p>Organisations differ in size, the first being the largest, and take turns at random. An
 * organisation begins with its projects. From then on some 200 of its tasks are under way,
 * whichever project they belong to; each of them is as likely as any other to be the next that
 * something happens to, and when its last event has come a new one is created. So a task's events
 * are some 200 of its organisation apart, and thousands in a log of many organisations: who brings
 * the writes to one task together gains less than from people, who do several things to a task
 * while they look at it. For one thread.
 */
final class TaskHistory {
    private static final long SEED = 2_026;

    /** Tasks of an organisation that something happens to by turns. */
    private static final int UNDER_WAY = 200;

    private static final Instant BEGINNING = Instant.parse("2025-03-03T08:00:00Z");
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final Shape shape;
    private final Random random = new Random(SEED);
    private final List<Organisation> organisations;
    private long events;
    private int tasks;

    /**
     * @param projects of each organisation
     * @param people of each organisation, at least 2
     * @param eventsATask on the average, its creation included; at least 2
     */
    record Shape(int projects, int people, int eventsATask) {}

    TaskHistory(List<String> tenants, Shape shape) {
        this.shape = shape;
        this.organisations = tenants.stream().map(Organisation::new).toList();
    }

    /** Names of organisations. */
    static List<String> tenants(int number) {
        return IntStream.range(0, number).mapToObj("organisation-%02d"::formatted).toList();
    }

    /** An organisation's project; numbers begin with 0. */
    static String projectId(String tenant, int number) {
        return id(tenant + " project " + number);
    }

    /** An organisation's task, in the order of creation. */
    static String taskId(String tenant, int number) {
        return id(tenant + " task " + number);
    }

    static String person(int number) {
        return "p-" + number;
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** So many more events. */
    Stream<Sample> events(long number) {
        return Stream.generate(this::next).limit(number);
    }

    /** Events until there are so many tasks; the last ones are still under way. */
    Stream<Sample> untilTasks(int number) {
        return Stream.generate(this::next).takeWhile(sample -> tasks <= number);
    }

    /** How many have been created. */
    int tasks() {
        return tasks;
    }

    private Sample next() {
        double place = random.nextDouble() * random.nextDouble();
        Sample next = organisations.get((int) (organisations.size() * place)).next();
        events++;
        return next;
    }

    private Sample sample(String tenant, long sequence, Event event) {
        long timeMicros = (BEGINNING.toEpochMilli() + events * PAUSE.toMillis()) * 1_000;
        UUID command = CommandIds.commandId(tenant, "history-" + events);
        return new Sample(tenant, event.aggregateId(), sequence, timeMicros, command, event);
    }

    private final class Organisation {
        private final String tenant;
        private final List<TaskLife> underWay = new ArrayList<>();
        private int itsProjects;
        private int itsTasks;

        Organisation(String tenant) {
            this.tenant = tenant;
        }

        Sample next() {
            if (itsProjects < shape.projects()) return createProject();
            if (underWay.size() < UNDER_WAY) return createTask();
            int number = random.nextInt(underWay.size());
            TaskLife task = underWay.get(number);
            Sample next = sample(tenant, task.nextSequence(), task.next(random));
            if (task.isOver()) {
                underWay.set(number, underWay.getLast());
                underWay.removeLast();
            }
            return next;
        }

        private Sample createProject() {
            int number = itsProjects++;
            String id = projectId(tenant, number);
            return sample(tenant, 0, new ProjectCreated(id, "Section " + number, Workflow.DEFAULT));
        }

        private Sample createTask() {
            int number = itsTasks++;
            String project = projectId(tenant, random.nextInt(shape.projects()));
            TaskLife task = new TaskLife(taskId(tenant, number), project, number, shape, random);
            underWay.add(task);
            tasks++;
            return sample(tenant, task.nextSequence(), task.created());
        }
    }
}
