package io.pms.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.entry.JsonEventTypes;
import io.pms.event.Event;
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
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Projection PEOPLE = new PersonProjection();

    private final JsonEventTypes types = new JsonEventTypes();
    private final TestRig rig = new TestRig("--appendonly", "no");
    private final PartitionStore store = new PartitionStore(rig.redis);

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

    private Map<String, String> person(String id, String tenant, Projection projection) {
        String key = Partition.of(projection, tenant).prefix(tenant) + "e:" + id;
        return rig.redis.<String, String>opsForHash().entries(key);
    }

    private void awaitPeople(Projections running, String tenant, long position) throws Exception {
        assertThat(running.await(Partition.of(PEOPLE, tenant), position, LONG)).isTrue();
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
        assertThat(person(other, "acme", PEOPLE)).containsEntry("name", "Ann of acme");
        assertThat(person(parked, "acme", PEOPLE)).containsEntry("sequence", "0");
        assertThat(reasons("acme"))
                .containsOnlyKeys(Partition.parkedField("acme", parked))
                .allSatisfy((who, why) -> assertThat(why).startsWith("position 1: "));
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(running.status())
                                .allMatch(status -> status.parkedAggregates() == 1)
                                .allMatch(status -> status.failure() == null)
                                .allMatch(status -> status.position() == last));
    }

    private Map<String, String> reasons(String tenant) {
        return rig.redis
                .<String, String>opsForHash()
                .entries(Partition.of(PEOPLE, tenant).parkedKey());
    }

    @Test
    void aParkedAggregateStaysParkedForTheNextWorker() throws Exception {
        String parked = id();
        rig.append(event("acme", parked, 0, "pms.person.PersonTeleported.v9", "{}"));
        try (Projections first =
                TestRig.projections(TestRig.PROJECTIONS, true, rig.log, rig.redis)) {
            first.start();
            awaitPeople(first, "acme", 0);
        }
        long last = rig.append(event("acme", parked, 1, "pms.person.PersonRenamed.v1", "{}"));
        awaitPeople(rig.run(), "acme", last);
        assertThat(person(parked, "acme", PEOPLE)).isEmpty();
        assertThat(reasons("acme")).hasSize(1);
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
        assertThat(person(good, "acme", PEOPLE)).isNotEmpty();
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(running.status())
                                .allMatch(status -> status.position() == last)
                                .allMatch(status -> status.failure() == null));
    }

    @Test
    void aLogOfAnotherOriginIsBuiltFromItsBeginning() throws Exception {
        try (MysqlEventLog before = TestRig.freshLog();
                Projections old =
                        TestRig.projections(TestRig.PROJECTIONS, true, before, rig.redis)) {
            old.start();
            before.append(new Unit(List.of(person("acme", id()), person("acme", id())), null))
                    .join();
            awaitPeople(old, "acme", 1);
        }
        String here = id();
        long last = rig.append(person("acme", here));
        rig.run();
        String origin = rig.log.head().origin();
        await().atMost(LONG).until(() -> allAt(last, origin));
        assertThat(everybody("acme")).containsExactly(here);
    }

    private List<String> everybody(String tenant) {
        String key = Partition.of(PEOPLE, tenant).prefix(tenant) + "created";
        return List.copyOf(rig.redis.opsForZSet().range(key, 0, -1));
    }

    @Test
    void aPositionBeyondTheHeadIsBuiltFromTheBeginning() throws Exception {
        String here = id();
        long last = rig.append(person("acme", here));
        Partition partition = Partition.of(PEOPLE, "acme");
        StoredPosition ahead = new StoredPosition(rig.log.head().origin(), last + 1, -1);
        rig.redis.opsForValue().set(partition.positionKey(), ahead.text());
        rig.redis.opsForZSet().add(partition.prefix("acme") + "created", "left over", 1);
        awaitPeople(rig.run(), "acme", last);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(everybody("acme")).containsExactly(here));
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
            assertThat(person(id, tenant, PEOPLE)).containsEntry("name", "of " + tenant);
            assertThat(everybody(tenant)).containsExactly(id);
        }
    }

    @Test
    void waitingEndsWhenThePositionIsAppliedAndNotBefore() throws Exception {
        Projections running = rig.run();
        Partition partition = Partition.of(PEOPLE, "acme");
        assertThat(running.await(partition, 0, Duration.ofMillis(100))).isFalse();
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return running.await(partition, 0, LONG);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        Thread.sleep(50);
        assertThat(waiting).isNotDone();
        String id = id();
        rig.append(person("acme", id));
        assertThat(waiting.get()).isTrue();
        assertThat(person(id, "acme", PEOPLE)).isNotEmpty();
    }

    @Test
    void waitingEndsAlsoWhereAnotherProcessAppliesIt() throws Exception {
        Projections here = TestRig.projections(TestRig.PROJECTIONS, false, rig.log, rig.connect());
        rig.run();
        long last = rig.append(person("acme", id()));
        awaitPeople(here, "acme", last);
    }

    @Test
    void applyingToAPositionThatIsNotTheStoredOneWritesNothing() {
        Partition partition = Partition.of(PEOPLE, "acme");
        StoredPosition start = StoredPosition.start("origin", 0);
        assertThat(store.restart(partition, "", start)).isTrue();
        Writes writes = new Writes(partition);
        writes.push("acme", "list", "value");
        Map<String, Object> before = RedisDump.of(rig.redis);
        for (StoredPosition wrong :
                new StoredPosition[] {start.at(0), new StoredPosition("other", -1, -1)})
            assertThat(store.apply(partition, wrong, start.at(1), writes)).isFalse();
        assertThat(RedisDump.of(rig.redis)).isEqualTo(before);
        assertThat(store.apply(partition, start, start.at(1), writes)).isTrue();
        assertThat(RedisDump.of(rig.redis))
                .containsEntry(partition.prefix("acme") + "list", List.of("value"));
    }

    @Test
    void aScriptThatFailsHalfwayCountsAsLost() {
        Partition partition = Partition.of(PEOPLE, "acme");
        StoredPosition start = StoredPosition.start("origin", 0);
        store.restart(partition, "", start);
        rig.redis.opsForValue().set(partition.prefix("acme") + "text", "not a list");
        Writes writes = new Writes(partition);
        writes.push("acme", "list", "written");
        writes.push("acme", "text", "fails");
        assertThatThrownBy(() -> store.apply(partition, start, start.at(1), writes)).isNotNull();
        assertThat(store.position(partition)).isNull();
    }

    /** It was paused while it cleared the partition, and another one has built it again. */
    @Test
    void aWorkerThatWakesLateTakesNothingFromOneThatTookOver() {
        Partition partition = Partition.of(PEOPLE, "acme");
        StoredPosition start = StoredPosition.start("origin", 0);
        PartitionStore.Claim late = store.claim(partition, "");
        rig.redis.delete(late.key()); // it expired
        assertThat(store.restart(partition, "", start)).isTrue();
        Writes writes = new Writes(partition);
        writes.push("acme", "list", "value");
        store.apply(partition, start, start.at(0), writes);
        Map<String, Object> before = RedisDump.of(rig.redis);
        assertThat(store.clear(late, List.of(partition.prefix("acme") + "list"))).isFalse();
        assertThat(store.begin(late, start)).isFalse();
        assertThat(RedisDump.of(rig.redis)).isEqualTo(before);
    }

    @Test
    void oneWorkerClearsAndOnlyWhatIsStillAsItWasSeen() {
        Partition partition = Partition.of(PEOPLE, "acme");
        StoredPosition start = StoredPosition.start("origin", 0);
        PartitionStore.Claim claim = store.claim(partition, "");
        assertThat(store.claim(partition, "")).isNull();
        assertThat(store.begin(claim, start)).isTrue();
        assertThat(store.restart(partition, "", start)).isFalse();
        assertThat(store.position(partition)).isEqualTo(start);
        assertThat(store.restart(partition, start.text(), start)).isTrue();
    }

    /** What was cleared before may be back, and the client repeats what was under way. */
    @Test
    void aClaimDoesNotOutliveARestartOfRedis() throws Exception {
        Partition partition = Partition.of(PEOPLE, "acme");
        StoredPosition start = StoredPosition.start("origin", 0);
        PartitionStore.Claim before = store.claim(partition, "");
        String text = rig.redis.opsForValue().get(before.key());
        rig.server.kill();
        rig.server.restart();
        await().ignoreExceptions().until(() -> store.position(partition) == null);
        rig.redis.opsForValue().set(before.key(), text); // as an append-only file has it
        assertThat(store.clear(before, List.of())).isFalse();
        assertThat(store.begin(before, start)).isFalse();
        assertThat(store.restart(partition, "", start)).isTrue();
    }

    @Test
    void aPartitionWhoseWorkerDiedWhileItClearedIsBuiltSoon() throws Exception {
        assertThat(store.claim(Partition.of(PEOPLE, "acme"), "")).isNotNull();
        long last = rig.append(person("acme", id()));
        Projections running = rig.run();
        assertThat(running.await(Partition.of(PEOPLE, "acme"), last, Duration.ofSeconds(8)))
                .isTrue();
    }

    @Test
    void aPositionThatIsNotUnderstoodIsBuiltFromTheBeginning() throws Exception {
        long last = rig.append(person("acme", id()));
        rig.redis.opsForValue().set(Partition.of(PEOPLE, "acme").positionKey(), "rubbish");
        awaitPeople(rig.run(), "acme", last);
        assertThat(everybody("acme")).hasSize(1);
    }

    @Test
    void anotherVersionHasKeysOfItsOwn() {
        assertThat(new Partition("people", 1, 0).prefix("acme"))
                .isNotEqualTo(new Partition("people", 2, 0).prefix("acme"));
        assertThat(new Partition("people", 1, 0).tag()).isEqualTo("{people:1:0}:");
    }

    @Test
    void dataThatAreGoneAreBuiltAgainByThemselves() throws Exception {
        Projections running = rig.run();
        long last =
                rig.append(event("acme", 0, new ProjectCreated(id(), "Bridge", Workflow.DEFAULT)));
        awaitPeople(running, "acme", last);
        await().atMost(LONG).until(() -> allAt(last, rig.log.head().origin()));
        Map<String, Object> before = RedisDump.of(rig.redis);
        TestRig.partitions().forEach(partition -> before.remove(partition.positionKey()));
        rig.redis.delete(rig.redis.keys("*"));
        await().atMost(LONG).until(() -> allAt(last, rig.log.head().origin()));
        Map<String, Object> after = RedisDump.of(rig.redis);
        TestRig.partitions().forEach(partition -> after.remove(partition.positionKey()));
        assertThat(after).isEqualTo(before);
    }

    private boolean allAt(long position, String origin) {
        return TestRig.partitions().stream()
                .map(store::position)
                .allMatch(stored ->
                        stored != null
                                && stored.position() == position
                                && stored.origin().equals(origin));
    }
}
