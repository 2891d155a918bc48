package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.entry.JsonEventTypes;
import io.pms.entry.PersonIds;
import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.Personal;
import io.pms.event.ProjectEvent.ProjectCreated;
import io.pms.event.Workflow;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String PEOPLE = "people";

    private final JsonEventTypes types = new JsonEventTypes();
    private final TestRig rig = TestRig.single("--appendonly", "no");

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private static NewEvent event(
            String tenant, String id, long sequence, String type, String data) {
        return new NewEvent(
                null,
                type,
                id,
                sequence,
                1_000_000,
                tenant,
                "ann",
                null,
                null,
                null,
                null,
                null,
                data.getBytes(StandardCharsets.UTF_8));
    }

    private NewEvent event(String tenant, long sequence, Event event) {
        String data = new String(types.write(event), StandardCharsets.UTF_8);
        return event(tenant, event.aggregateId(), sequence, types.typeOf(event), data);
    }

    private NewEvent person(String tenant, String id) {
        Personal name = new Personal.Clear(id, "Ann of " + tenant);
        return event(tenant, 0, new PersonRegistered(id, name, null));
    }

    /** As queries see it. */
    private Map<String, String> shown(String id, String tenant) {
        Build serving = rig.serving(Partition.of(PEOPLE, tenant));
        return serving == null
                ? Map.of()
                : RedisLink.await(rig.redis().hgetall(serving.prefix(tenant) + "e:" + id));
    }

    private void awaitPeople(Projections running, String tenant, long position) throws Exception {
        assertThat(running.await(PEOPLE, tenant, position, LONG)).isTrue();
    }

    @Test
    void anUnknownEventTypeParksItsAggregateAndTheRestGoesOn() throws Exception {
        Projections running = rig.run();
        String parked = id();
        String other = id();
        rig.append(person("acme", parked));
        rig.append(event("acme", parked, 1, "pms.person.PersonTeleported.v9", "{}"));
        rig.append(event("acme", parked, 2, "pms.person.PersonRenamed.v1", "{\"never\":\"read\"}"));
        long last = rig.append(person("acme", other));
        awaitPeople(running, "acme", last);
        assertThat(shown(other, "acme")).containsEntry("name", "Ann of acme");
        assertThat(shown(parked, "acme")).containsEntry("sequence", "0");
        assertThat(running.parked(PEOPLE, "acme"))
                .singleElement()
                .satisfies(left -> {
                    assertThat(left.aggregateId()).isEqualTo(parked);
                    assertThat(left.event().position()).isEqualTo(1);
                    assertThat(left.event().sequence()).isEqualTo(1);
                    assertThat(left.event().type()).isEqualTo("pms.person.PersonTeleported.v9");
                });
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(running.status())
                                .allMatch(status -> status.parkedAggregates() == 1)
                                .allMatch(status -> status.failure() == null)
                                .allMatch(status -> status.position() == last));
    }

    /** The name that was written before would stay there for good. */
    @Test
    void somebodyWhoseRecordIsParkedIsErasedAllTheSame() throws Exception {
        Projections running = rig.run();
        String parked = id();
        rig.append(person("acme", parked));
        rig.append(event("acme", parked, 1, "pms.person.PersonTeleported.v9", "{}"));
        String record = PersonIds.erasureId("acme", parked);
        long last = rig.append(event("acme", 0, new PersonErased(record, parked)));
        awaitPeople(running, "acme", last);
        assertThat(shown(parked, "acme")).containsEntry("erased", "1").doesNotContainKey("name");
        assertThat(running.parked(PEOPLE, "acme")).hasSize(1);
        String left = RedisLink.await(rig.redis().hgetall(parkedKey("acme"))).toString();
        assertThat(left).contains(parked).doesNotContain("Ann of acme");
    }

    private String parkedKey(String tenant) {
        return rig.serving(Partition.of(PEOPLE, tenant)).parkedKey();
    }

    @Test
    void aParkedAggregateStaysParkedForTheNextWorker() throws Exception {
        String parked = id();
        rig.append(event("acme", parked, 0, "pms.person.PersonTeleported.v9", "{}"));
        try (TestWorker first = rig.worker(TestRig.PROJECTIONS, rig.log)) {
            awaitPeople(first.projections, "acme", 0);
        }
        long last = rig.append(event("acme", parked, 1, "pms.person.PersonRenamed.v1", "{}"));
        Projections next = rig.run();
        awaitPeople(next, "acme", last);
        assertThat(shown(parked, "acme")).isEmpty();
        assertThat(next.parked(PEOPLE, "acme")).hasSize(1);
    }

    /** Members are missing where no command leaves them out; nothing may stop because of that. */
    @Test
    void anEventThatBreaksTheFoldParksItsAggregateAndTheRestGoesOn() throws Exception {
        Projections running = rig.run();
        String broken = id();
        String halfway = id();
        String never = id();
        rig.append(event("acme", broken, 0, "pms.person.PersonRegistered.v1", "{}"));
        rig.append(
                event(
                        "acme",
                        halfway,
                        0,
                        "pms.task.TaskCreated.v1",
                        "{\"taskId\":\""
                                + halfway
                                + "\",\"name\":\"x\",\"plan\":{},\"summary\":false,\"statusFinal\":false}"));
        rig.append(
                event(
                        "acme",
                        never,
                        0,
                        "pms.task.TaskRenamed.v1",
                        "{\"taskId\":\"" + never + "\",\"projectId\":\"p\",\"to\":\"y\"}"));
        String good = id();
        long last = rig.append(person("acme", good));
        awaitPeople(running, "acme", last);
        assertThat(shown(good, "acme")).isNotEmpty();
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(running.status())
                                .allMatch(status -> status.position() == last)
                                .allMatch(status -> status.failure() == null));
    }

    @Test
    void aLogOfAnotherOriginIsBuiltFromItsBeginning() throws Exception {
        try (MysqlEventLog before = TestRig.freshLog();
                TestWorker old = rig.worker(TestRig.PROJECTIONS, before)) {
            before.append(new Unit(List.of(person("acme", id()), person("acme", id())), null))
                    .join();
            awaitPeople(old.projections, "acme", 1);
        }
        String here = id();
        long last = rig.append(person("acme", here));
        rig.run();
        await().atMost(LONG).until(() -> rig.allAt(last));
        assertThat(everybody("acme")).containsExactly(here);
    }

    private List<String> everybody(String tenant) {
        String key = rig.serving(Partition.of(PEOPLE, tenant)).prefix(tenant) + "created";
        return RedisLink.await(rig.redis().zrange(key, 0, -1));
    }

    @Test
    void aPositionBeyondTheHeadIsBuiltFromTheBeginning() throws Exception {
        String here = id();
        long last = rig.append(person("acme", here));
        Projections running = rig.run();
        awaitPeople(running, "acme", last);
        Build serving = rig.serving(Partition.of(PEOPLE, "acme"));
        StoredPosition ahead = new StoredPosition(rig.log.head().origin(), last + 1, -1);
        RedisLink.await(rig.redis().zadd(serving.prefix("acme") + "created", 1, "left over"));
        RedisLink.await(rig.redis().set(serving.positionKey(), ahead.text()));
        await().atMost(LONG).until(() -> isReplaced(serving));
        assertThat(everybody("acme")).containsExactly(here);
    }

    @Test
    void tenantsWithHostileNamesDoNotSeeEachOthersKeys() throws Exception {
        Projections running = rig.run();
        String id = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";
        List<String> tenants =
                List.of("a:b", "3:a", "b", "a", "1:a:e", "{people:1:0}:", "*", "[a-z]*");
        for (int i = 0; i < tenants.size(); i++) {
            Personal name = new Personal.Clear(id, "of " + tenants.get(i));
            rig.append(event(tenants.get(i), i, new PersonRegistered(id, name, null)));
        }
        for (String tenant : tenants) {
            awaitPeople(running, tenant, tenants.size() - 1);
            assertThat(shown(id, tenant)).containsEntry("name", "of " + tenant);
            assertThat(everybody(tenant)).containsExactly(id);
        }
    }

    @Test
    void waitingEndsWhenThePositionIsAppliedAndNotBefore() throws Exception {
        Projections running = rig.run();
        assertThat(running.await(PEOPLE, "acme", 0, Duration.ofMillis(100))).isFalse();
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return running.await(PEOPLE, "acme", 0, LONG);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        Thread.sleep(50);
        assertThat(waiting).isNotDone();
        String id = id();
        rig.append(person("acme", id));
        assertThat(waiting.get()).isTrue();
        assertThat(shown(id, "acme")).isNotEmpty();
    }

    @Test
    void waitingEndsAlsoWhereAnotherProcessAppliesIt() throws Exception {
        Projections here = rig.reader(TestRig.PROJECTIONS).projections;
        rig.run();
        long last = rig.append(person("acme", id()));
        awaitPeople(here, "acme", last);
    }

    @Test
    void aPositionThatIsNotUnderstoodIsBuiltFromTheBeginning() throws Exception {
        long last = rig.append(person("acme", id()));
        Projections running = rig.run();
        awaitPeople(running, "acme", last);
        Build before = rig.serving(Partition.of(PEOPLE, "acme"));
        RedisLink.await(rig.redis().set(before.positionKey(), "rubbish"));
        await().atMost(LONG).until(() -> isReplaced(before));
        assertThat(everybody("acme")).hasSize(1);
    }

    private boolean isReplaced(Build build) {
        Build now = rig.serving(build.partition());
        return now != null && !now.equals(build);
    }

    @Test
    void dataThatAreGoneAreBuiltAgainByThemselves() throws Exception {
        Projections running = rig.run();
        long last =
                rig.append(event("acme", 0, new ProjectCreated(id(), "Bridge", Workflow.DEFAULT)));
        awaitPeople(running, "acme", last);
        await().atMost(LONG).until(() -> rig.allAt(last));
        Map<String, Object> before = ServingData.of(rig.link).keys();
        assertThat(before).isNotEmpty();
        RedisLink.await(rig.redis().flushall());
        await().atMost(LONG).until(() -> rig.allAt(last));
        assertThat(ServingData.of(rig.link).keys()).isEqualTo(before);
    }
}
