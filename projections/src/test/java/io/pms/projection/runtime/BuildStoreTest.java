package io.pms.projection.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisException;
import io.pms.projection.Fields;
import io.pms.projection.Write;
import io.pms.projection.runtime.BuildStore.Applied;
import io.pms.projection.runtime.BuildStore.Step;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BuildStoreTest {
    private static final Partition PARTITION = new Partition("people", 3);

    private final TestRig rig = TestRig.single("--appendonly", "no");
    private final BuildStore store = rig.store;

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private static StoredPosition start(long until) {
        return new StoredPosition("origin", -1, until);
    }

    /** The build that is begun. */
    private Build begin(int version, long until) {
        store.begin(PARTITION, version, store.load(PARTITION, version), true, start(until));
        Build build = store.look(PARTITION).building(version);
        store.prepare(build);
        return build;
    }

    private Build serving(int version) {
        return store.look(PARTITION).serving(version);
    }

    private static List<String> push(String value) {
        Window window = new Window();
        window.add(List.of(new Write.Push("acme", "list", value)));
        return window.steps(10).getFirst();
    }

    private Applied finish(Build build, StoredPosition from, long to) {
        return last(send(build, from, from.at(to), List.of(push("up to " + to))));
    }

    private List<CompletionStage<Applied>> send(
            Build build, StoredPosition from, StoredPosition to, List<List<String>> steps) {
        return store.send(build, from, to, steps, step -> {});
    }

    private static Applied last(List<CompletionStage<Applied>> steps) {
        return RedisLink.await(steps.getLast());
    }

    /** A step of a batch of three that changes nothing. */
    private Applied step(Build build, long to, String batch, int number) {
        return RedisLink.await(
                store.send(
                        build,
                        start(5),
                        start(5).at(to),
                        new Step(batch, number, number == 3),
                        List.of()));
    }

    @Test
    void applyingToAPositionThatIsNotTheStoredOneWritesNothing() {
        Build build = begin(1, 5);
        Map<String, Object> before = RedisDump.of(rig.link);
        for (StoredPosition wrong :
                List.of(start(5).at(0), start(4), new StoredPosition("other", -1, 5)))
            assertThat(finish(build, wrong, 1)).isEqualTo(Applied.REFUSED);
        assertThat(RedisDump.of(rig.link)).isEqualTo(before);
        assertThat(finish(build, start(5), 1)).isEqualTo(Applied.WRITTEN);
        assertThat(RedisDump.of(rig.link))
                .containsEntry(build.prefix("acme") + "list", List.of("up to 1"));
    }

    @Test
    void aBatchThatFollowsOneThatWasRefusedIsRefusedToo() {
        Build build = begin(1, 5);
        assertThat(finish(build, start(5).at(7), 8)).isEqualTo(Applied.REFUSED);
        assertThat(finish(build, start(5).at(8), 9)).isEqualTo(Applied.REFUSED);
    }

    @Test
    void aBatchEndsOnlyWhenAllOfItsStepsWereTakenOneAfterTheOther() {
        Build build = begin(1, 5);
        assertThat(step(build, 9, "a", 2)).isEqualTo(Applied.REFUSED);
        assertThat(step(build, 9, "a", 3)).isEqualTo(Applied.REFUSED);
        assertThat(step(build, 9, "a", 1)).isEqualTo(Applied.WRITTEN);
        assertThat(step(build, 9, "a", 3)).isEqualTo(Applied.REFUSED);
        assertThat(step(build, 9, "b", 1)).isEqualTo(Applied.WRITTEN);
        assertThat(step(build, 9, "a", 2)).isEqualTo(Applied.REFUSED);
        assertThat(step(build, 9, "b", 2)).isEqualTo(Applied.WRITTEN);
        assertThat(step(build, 9, "b", 3)).isEqualTo(Applied.TAKEN_OVER);
    }

    @Test
    void whatCannotBeWrittenIsParkedAndTheRestIsWritten() {
        Build build = begin(1, 0);
        RedisLink.await(rig.redis().set(build.prefix("acme") + "e:broken", "not a hash"));
        Window window = new Window();
        for (String id : List.of("broken", "good"))
            window.add(
                    List.of(
                            new Write.Entity(
                                    "acme",
                                    "person",
                                    id,
                                    new Fields().text("updated", "1").text("name", id))));
        assertThat(last(send(build, start(0), start(0).at(3), window.steps(10))))
                .isEqualTo(Applied.PARKED);
        assertThat(RedisLink.await(rig.redis().hget(build.prefix("acme") + "e:good", "name")))
                .isEqualTo("good");
        assertThat(store.parked(build))
                .containsOnlyKeys(Partition.parkedField("acme", "broken"))
                .allSatisfy((who, text) ->
                        assertThat(ParkedEvent.parse(text).reason()).contains("WRONGTYPE"));
    }

    @Test
    void anIndexThatCannotBeChangedParksWhomItConcerns() {
        Build build = begin(1, 0);
        RedisLink.await(rig.redis().set(build.prefix("acme") + "name.p:broken", "not a set"));
        Window window = new Window();
        for (String project : List.of("broken", "good"))
            for (String id : List.of("a", "b"))
                window.add(
                        List.of(
                                new Write.Entity(
                                        "acme",
                                        "task",
                                        project + " " + id,
                                        new Fields()
                                                .text("updated", "1")
                                                .text("project", project)
                                                .text("startScore", "1")
                                                .text("dueScore", "1")
                                                .text("status", "To do")
                                                .text("nameKey", id))));
        assertThat(last(send(build, start(0), start(0).at(3), window.steps(10))))
                .isEqualTo(Applied.PARKED);
        assertThat(store.parked(build))
                .containsOnlyKeys(
                        Partition.parkedField("acme", "broken a"),
                        Partition.parkedField("acme", "broken b"));
        assertThat(RedisLink.await(rig.redis().zcard(build.prefix("acme") + "name"))).isEqualTo(4);
        assertThat(RedisLink.await(rig.redis().zcard(build.prefix("acme") + "name.p:good")))
                .isEqualTo(2);
    }

    @Test
    void anAccountThatCannotBeWrittenParksItsTask() {
        Build build = begin(1, 0);
        RedisLink.await(rig.redis().set(build.prefix("acme") + "k:t", "not a hash"));
        Window window = new Window();
        window.add(List.of(new Write.Account("acme", "p", "t", new Fields().text("cost", "1"))));
        assertThat(last(send(build, start(0), start(0).at(0), window.steps(10))))
                .isEqualTo(Applied.PARKED);
        assertThat(store.parked(build)).containsOnlyKeys(Partition.parkedField("acme", "t"));
    }

    @Test
    void aSumWithoutRoomStaysAsItIsAndStopsNobody() {
        Build build = begin(1, 0);
        RedisLink.await(
                rig.redis()
                        .hset(
                                build.prefix("acme") + "n:p",
                                "cost",
                                String.valueOf(Long.MAX_VALUE)));
        Window window = new Window();
        window.add(
                List.of(
                        new Write.Account(
                                "acme",
                                "p",
                                "t",
                                new Fields().text("status", "To do").text("cost", "480000"))));
        assertThat(last(send(build, start(0), start(0).at(0), window.steps(10))))
                .isEqualTo(Applied.TAKEN_OVER);
        assertThat(RedisLink.await(rig.redis().hget(build.prefix("acme") + "n:p", "tasks")))
                .isEqualTo("1");
    }

    @Test
    void aScriptThatFailsHalfwayCountsAsLost() {
        Build build = begin(1, 5);
        RedisLink.await(rig.redis().set(build.prefix("acme") + "list", "not a list"));
        RedisLink.await(rig.redis().set(build.parkedKey(), "not a hash"));
        assertThatThrownBy(() -> finish(build, start(5), 1)).isInstanceOf(RedisException.class);
        assertThat(StoredPosition.parse(RedisLink.await(rig.redis().get(build.positionKey()))))
                .isNull();
    }

    @Test
    void aFullRedisRefusesABatchAndKeepsWhatItHas() {
        Build build = begin(1, 0);
        finish(build, start(0), 0);
        RedisLink.await(rig.redis().configSet("maxmemory", "1"));
        Map<String, Object> before = RedisDump.of(rig.link);
        assertThatThrownBy(() -> finish(build, start(0).at(0), 1))
                .isInstanceOfSatisfying(
                        RedisException.class,
                        failure -> assertThat(BuildStore.isFull(failure)).isTrue());
        assertThat(RedisDump.of(rig.link)).isEqualTo(before);
        RedisLink.await(rig.redis().configSet("maxmemory", "0"));
        assertThat(finish(build, start(0).at(0), 1)).isEqualTo(Applied.WRITTEN);
    }

    @Test
    void aBuildServesWhenItHoldsWhatWasThereWhenItBegan() {
        Build build = begin(1, 5);
        assertThat(finish(build, start(5), 4)).isEqualTo(Applied.WRITTEN);
        assertThat(serving(1)).isNull();
        assertThat(finish(build, start(5).at(4), 5)).isEqualTo(Applied.TAKEN_OVER);
        assertThat(serving(1)).isEqualTo(build);
        assertThat(finish(build, start(5).at(5), 6)).isEqualTo(Applied.WRITTEN);
    }

    @Test
    void aBuildDoesNotServeWhileItHoldsSomethingFromBeyondItsPosition() {
        Build build = begin(1, 5);
        assertThat(step(build, 9, "late", 1)).isEqualTo(Applied.WRITTEN);
        assertThat(finish(build, start(5), 6)).isEqualTo(Applied.WRITTEN);
        assertThat(serving(1)).isNull();
        assertThat(finish(build, start(5).at(6), 9)).isEqualTo(Applied.TAKEN_OVER);
    }

    @Test
    void aNewGenerationTakesOverAtOrPastTheOldOnesPositionOnly() {
        Build old = begin(1, 0);
        finish(old, start(0), 7);
        Build next = begin(1, 5);
        assertThat(next.generation()).isGreaterThan(old.generation());
        assertThat(finish(next, start(5), 6)).isEqualTo(Applied.WRITTEN);
        assertThat(serving(1)).isEqualTo(old);
        assertThat(finish(next, start(5).at(6), 7)).isEqualTo(Applied.TAKEN_OVER);
        assertThat(serving(1)).isEqualTo(next);
        assertThat(store.look(PARTITION).retired()).containsOnlyKeys(old);
    }

    @Test
    void aNewVersionTakesOverAtOrPastTheOldOnesPositionOnlyAndLeavesItToOlderSoftware() {
        Build old = begin(1, 0);
        finish(old, start(0), 7);
        Build next = begin(2, 5);
        assertThat(finish(next, start(5), 6)).isEqualTo(Applied.WRITTEN);
        assertThat(serving(2)).isNull();
        finish(old, start(0).at(7), 8);
        assertThat(finish(next, start(5).at(6), 7)).isEqualTo(Applied.WRITTEN);
        assertThat(finish(next, start(5).at(7), 8)).isEqualTo(Applied.TAKEN_OVER);
        assertThat(serving(2)).isEqualTo(next);
        assertThat(serving(1)).isEqualTo(old);
        assertThat(store.look(PARTITION).retired()).containsOnlyKeys(old);
    }

    @Test
    void whoeverSawSomethingElseBeginsNothing() {
        BuildStore.Loaded nothing = store.load(PARTITION, 1);
        Build build = begin(1, 0);
        store.begin(PARTITION, 1, nothing, true, start(0));
        assertThat(store.look(PARTITION).building(1)).isEqualTo(build);
    }

    @Test
    void whatIsWorthlessAnswersNobodyFromTheMomentThatBuildingBegins() {
        Build old = begin(1, 0);
        finish(old, start(0), 0);
        store.begin(PARTITION, 1, store.load(PARTITION, 1), false, start(0));
        assertThat(serving(1)).isNull();
        assertThat(store.look(PARTITION).retired()).containsEntry(old, 0L);
    }

    @Test
    void dropsOnlyWhatIsRetiredAndNotFedByOlderSoftware() {
        Build old = begin(1, 0);
        finish(old, start(0), 0);
        assertThat(store.drop(old, List.of(old.positionKey()), true)).isFalse();
        Build next = begin(2, 0);
        finish(next, start(0), 0);
        RedisLink.await(rig.redis().set(PARTITION.leaseKey(1), "older software"));
        assertThat(store.drop(old, List.of(old.positionKey()), true)).isFalse();
        assertThat(store.look(PARTITION).position(old)).isNotNull();
        RedisLink.await(rig.redis().del(PARTITION.leaseKey(1)));
        assertThat(store.drop(old, List.of(old.positionKey()), true)).isTrue();
        assertThat(serving(1)).isNull();
        assertThat(finish(old, start(0).at(0), 1)).isEqualTo(Applied.REFUSED);
        assertThat(serving(2)).isEqualTo(next);
    }
}
