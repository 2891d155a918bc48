package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.event.ProjectEvent.ProjectRenamed;
import io.pms.log.EventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import io.pms.query.LiveClient.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that come and go while others write. What all of a client's streams sent, one after the
 * other, is what the log has: nothing is left out, nothing comes twice, all is in order.
 */
@Timeout(240)
class LiveResumeTest {
    private static final QueryServer SERVER = LiveServers.small();
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final int WRITERS = 3;
    private static final int COMMANDS = 60;

    private record Reader(String query, Predicate<Entry> wanted) {}

    @Test
    void severalStreamsOneAfterTheOtherMissNothingAndRepeatNothing() {
        long seed = System.nanoTime();
        System.out.println("LiveResumeTest seed " + seed);
        Random random = new Random(seed);
        String tenant = "resume";
        double catchUps = catchUps();
        List<String> projects = List.of(project(tenant), project(tenant), project("resume:other"));
        List<Reader> readers =
                List.of(
                        new Reader("", entry -> true),
                        new Reader("?person=default", entry -> true),
                        new Reader(
                                "?project=" + projects.get(0),
                                entry -> projects.get(0).equals(entry.subject())),
                        new Reader(
                                "?project=" + projects.get(1),
                                entry -> projects.get(1).equals(entry.subject())));
        List<CompletableFuture<Void>> writing = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String project = projects.get(i);
            String owner = i == 2 ? "resume:other" : tenant;
            writing.add(CompletableFuture.runAsync(() -> write(owner, project), THREADS));
        }
        CompletableFuture<Void> written =
                CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new));
        List<CompletableFuture<List<Long>>> reading = new ArrayList<>();
        for (Reader reader : readers) {
            Random own = new Random(random.nextLong());
            reading.add(
                    CompletableFuture.supplyAsync(
                            () -> read(tenant, reader.query(), own, written), THREADS));
        }
        for (int i = 0; i < readers.size(); i++)
            assertThat(reading.get(i).join())
                    .as("seed %d, %s", seed, readers.get(i).query())
                    .isEqualTo(inTheLog(tenant, readers.get(i).wanted()));
        for (Reader reader : readers) readFromTheBeginning(tenant, reader);
        assertThat(catchUps()).isGreaterThan(catchUps);
    }

    private static void readFromTheBeginning(String tenant, Reader reader) {
        CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
        assertThat(read(tenant, reader.query(), new Random(0), written))
                .isEqualTo(inTheLog(tenant, reader.wanted()));
    }

    private static double catchUps() {
        return SERVER.bean(MeterRegistry.class).get("pms.live.catchups").counter().count();
    }

    /** More than a page of what the projection knows. */
    @Test
    void whoComesFromFarBackGetsAllOfIt() throws IOException {
        String tenant = "resume:far";
        String project = project(tenant);
        EventTypes types = SERVER.bean(EventTypes.class);
        List<NewEvent> events = new ArrayList<>();
        for (int i = 1; i <= 1_300; i++) {
            ProjectRenamed event = new ProjectRenamed(project, "N" + (i - 1), "N" + i);
            String type = types.typeOf(event);
            byte[] data = types.write(event);
            events.add(
                    new NewEvent(
                            null, type, project, i, i, tenant, "ann", null, null, null, null, null,
                            data));
        }
        long position =
                SERVER.bean(EventLog.class).append(new Unit(events, null)).join().lastPosition();
        SERVER.getAt(position, tenant, "/api/activity");
        for (String query : List.of("", "?project=" + project, "?person=ann"))
            try (LiveClient client =
                    LiveClient.open(SERVER, tenant, query, "Last-Event-ID", "-1")) {
                List<Long> expected =
                        inTheLog(
                                tenant, entry -> !query.contains("person") || entry.sequence() > 0);
                assertThat(client.idsUntil(position)).as(query).isEqualTo(expected);
            }
    }

    private static String project(String tenant) {
        return SERVER.accepted(tenant, "CreateProject", Map.of("name", "P")).id();
    }

    private static void write(String tenant, String project) {
        for (int i = 0; i < COMMANDS; i++)
            SERVER.accepted(tenant, "RenameProject", Map.of("projectId", project, "name", "N" + i));
    }

    private static List<Long> read(
            String tenant, String query, Random random, CompletableFuture<Void> written) {
        List<Long> ids = new ArrayList<>();
        LiveClient client = LiveClient.open(SERVER, tenant, query, "Last-Event-ID", "-1");
        try {
            while (!written.isDone()) {
                for (int blocks = random.nextInt(40); blocks >= 0; blocks--)
                    add(client.next(), ids);
                if (random.nextInt(3) == 0) awaitGrowth(random.nextInt(200), written);
                client = client.again(SERVER, tenant, query);
            }
            ids.addAll(client.idsUntil(SERVER.bean(EventLog.class).head().size() - 1));
            return ids;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            client.close();
        }
    }

    private static void add(Block block, List<Long> ids) {
        if (block.isEvent()) ids.add(block.id());
    }

    /** While nobody reads; beyond what the ring holds, now and then. */
    private static void awaitGrowth(int events, CompletableFuture<Void> written)
            throws InterruptedException {
        EventLog log = SERVER.bean(EventLog.class);
        long until = log.head().size() + events;
        while (!written.isDone() && log.awaitBeyond(until, LiveServers.STEP) <= until) continue;
    }

    private static List<Long> inTheLog(String tenant, Predicate<Entry> wanted) {
        List<Long> positions = new ArrayList<>();
        SERVER.bean(EventLog.class).stream(
                0,
                entry -> {
                    if (tenant.equals(entry.tenant()) && wanted.test(entry))
                        positions.add(entry.position());
                });
        return positions;
    }
}
