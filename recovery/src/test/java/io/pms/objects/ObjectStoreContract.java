package io.pms.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.objects.PutOutcome.Refused;
import io.pms.objects.PutOutcome.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} must do. */
abstract class ObjectStoreContract {
    private final String place = UUID.randomUUID().toString();
    private ObjectStore store;

    /** Opens a place, again if it was opened before. */
    abstract ObjectStore open(String place);

    @BeforeEach
    void openIt() {
        store = open(place);
    }

    @AfterEach
    void closeIt() {
        store.close();
    }

    @Test
    void givesBackWhatWasStored() {
        for (int length : new int[] {0, 1, 8_192, 3_000_000}) {
            byte[] bytes = randomBytes(length);
            String version = stored(put("tile/" + length, bytes, Condition.always()));
            StoredObject found = store.get("tile/" + length).orElseThrow(AssertionError::new);
            assertThat(found.bytes()).isEqualTo(bytes);
            assertThat(found.version()).isEqualTo(version);
        }
    }

    @Test
    void aMissingObjectIsAnAnswer() {
        put("a", "1", Condition.always());
        assertThat(store.get("a")).isPresent();
        assertThat(store.get("b")).isEmpty();
        assertThat(store.get("a.b/c")).isEmpty();
    }

    @Test
    void anUnconditionalWriteReplaces() {
        String first = stored(put("a", "1", Condition.always()));
        String second = stored(put("a", "2", Condition.always()));
        assertThat(second).isNotEqualTo(first);
        assertThat(text("a")).isEqualTo("2");
    }

    @Test
    void createsWhatIsAbsentOnce() {
        String version = stored(put("a", "1", Condition.ifAbsent()));
        Refused refused = refused(put("a", "2", Condition.ifAbsent()));
        assertThat(refused.found().bytes()).isEqualTo("1".getBytes(UTF_8));
        assertThat(refused.found().version()).isEqualTo(version);
        assertThat(text("a")).isEqualTo("1");
    }

    @Test
    void creatingTheSameAgainCountsAsStored() {
        String version = stored(put("a", "1", Condition.ifAbsent()));
        assertThat(put("a", "1", Condition.ifAbsent())).isEqualTo(new Stored(version));
        assertThat(text("a")).isEqualTo("1");
    }

    @Test
    void replacesTheVersionThatItNames() {
        String first = stored(put("a", "1", Condition.ifAbsent()));
        String second = stored(put("a", "2", Condition.ifVersion(first)));
        assertThat(text("a")).isEqualTo("2");
        stored(put("a", "3", Condition.ifVersion(second)));
        assertThat(text("a")).isEqualTo("3");
    }

    @Test
    void doesNotReplaceAnotherVersion() {
        String first = stored(put("a", "1", Condition.always()));
        String second = stored(put("a", "2", Condition.always()));
        Refused refused = refused(put("a", "3", Condition.ifVersion(first)));
        assertThat(refused.found().version()).isEqualTo(second);
        assertThat(text("a")).isEqualTo("2");
    }

    @Test
    void aMissingObjectHasNoVersionToReplace() {
        String version = stored(put("a", "1", Condition.always()));
        store.delete("a");
        assertThat(refused(put("a", "2", Condition.ifVersion(version))).found()).isNull();
        assertThat(store.get("a")).isEmpty();
    }

    @Test
    void replacingByTheSameAgainCountsAsStored() {
        String first = stored(put("a", "1", Condition.always()));
        String second = stored(put("a", "2", Condition.ifVersion(first)));
        assertThat(put("a", "2", Condition.ifVersion(first))).isEqualTo(new Stored(second));
        assertThat(text("a")).isEqualTo("2");
    }

    @Test
    void deletesWhatIsThereAndMindsNothing() {
        put("a/b/c", "1", Condition.always());
        put("a/d", "2", Condition.always());
        store.delete("a/b/c");
        store.delete("a/b/c");
        store.delete("never");
        assertThat(store.get("a/b/c")).isEmpty();
        assertThat(text("a/d")).isEqualTo("2");
        stored(put("a/b/c", "3", Condition.ifAbsent()));
        assertThat(text("a/b/c")).isEqualTo("3");
    }

    @Test
    void listsInTheOrderOfKeys() {
        List<String> keys =
                List.of(
                        "checkpoint",
                        "tile/0/000",
                        "tile/0/001",
                        "tile/0/001.p/12",
                        "tile/0/001.p/7",
                        "tile/0/x001/000",
                        "tile/entries/000");
        for (String key : keys.reversed()) put(key, key, Condition.always());
        assertThat(store.list("", null, 1_000)).isEqualTo(keys);
        assertThat(store.list("tile/0/00", null, 1_000)).isEqualTo(keys.subList(1, 5));
        assertThat(store.list("tile/0/", "tile/0/001", 1_000)).isEqualTo(keys.subList(3, 6));
        assertThat(store.list("tile/0/", "tile/0/001.p/5", 1_000)).isEqualTo(keys.subList(4, 6));
        assertThat(store.list("tile/9", null, 1_000)).isEmpty();
    }

    @Test
    void listsPageByPage() {
        List<String> keys = new ArrayList<>();
        for (int i = 10; i < 35; i++) keys.add("k" + i / 10 + "/" + i);
        for (String key : keys) put(key, "", Condition.always());
        List<String> listed = new ArrayList<>();
        List<String> page = store.list("k", null, 10);
        assertThat(page).hasSize(10);
        while (!page.isEmpty()) {
            listed.addAll(page);
            page = store.list("k", page.getLast(), 10);
        }
        assertThat(listed).isEqualTo(keys);
    }

    @Test
    void refusesNamesThatAreNoKeys() {
        for (String key :
                List.of(
                        "",
                        "/a",
                        "a/",
                        "a//b",
                        "..",
                        "../a",
                        "a/../b",
                        "a/.b",
                        ".tmp/a",
                        "a\\b",
                        "a b",
                        "é",
                        "a\n",
                        "a".repeat(769))) {
            assertThatThrownBy(() -> store.get(key)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.delete(key))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String prefix : List.of("/", "..", "a/../", "a//"))
            assertThatThrownBy(() -> store.list(prefix, null, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        for (int limit : new int[] {-1, 0, 1_001})
            assertThatThrownBy(() -> store.list("", null, limit))
                    .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoStoresOfAPlaceSeeTheSame() {
        try (ObjectStore other = open(place)) {
            put("a", "1", Condition.always());
            StoredObject found = other.get("a").orElseThrow(AssertionError::new);
            assertThat(
                            other.put(
                                    object("a", "2".getBytes(UTF_8)),
                                    Condition.ifVersion(found.version())))
                    .isInstanceOf(Stored.class);
            assertThat(text("a")).isEqualTo("2");
        }
    }

    @Test
    void placesDoNotSeeEachOther() {
        put("a", "1", Condition.always());
        assertThat(store.list("", null, 10)).containsExactly("a");
        try (ObjectStore other = open(place + "0")) {
            assertThat(other.get("a")).isEmpty();
            assertThat(other.list("", null, 10)).isEmpty();
        }
    }

    @Test
    void ofManyWritersOneCreates() throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = "race/" + round;
            List<PutOutcome> outcomes =
                    atOnce(8, (random, writer) -> put(key, "by " + writer, Condition.ifAbsent()));
            assertThat(outcomes).filteredOn(Stored.class::isInstance).hasSize(1);
            int winner =
                    outcomes.indexOf(
                            outcomes.stream()
                                    .filter(Stored.class::isInstance)
                                    .findFirst()
                                    .orElseThrow());
            assertThat(text(key)).isEqualTo("by " + winner);
        }
    }

    @Test
    void ofManyWritersOneReplaces() throws Exception {
        String version = stored(put("race", "0", Condition.always()));
        for (int round = 0; round < 10; round++) {
            String from = version;
            String prefix = round + " by ";
            List<PutOutcome> outcomes =
                    atOnce(
                            8,
                            (random, writer) ->
                                    put("race", prefix + writer, Condition.ifVersion(from)));
            assertThat(outcomes).filteredOn(Stored.class::isInstance).hasSize(1);
            version = store.get("race").orElseThrow().version();
            assertThat(outcomes).contains(new Stored(version));
        }
    }

    @Test
    void noIncrementIsLost() throws Exception {
        put("count", "0", Condition.always());
        atOnce(
                4,
                (random, writer) -> {
                    try (ObjectStore own = open(place)) {
                        for (int i = 0; i < 10; i++) {
                            Counter.increment(own, "count", writer + "." + i);
                            Thread.sleep(random.nextInt(3));
                        }
                    }
                    return null;
                });
        assertThat(Counter.value(text("count"))).isEqualTo(40);
    }

    private interface Writer<T> {
        T write(Random random, int writer) throws Exception;
    }

    private static <T> List<T> atOnce(int writers, Writer<T> task) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("writers with seed " + seed);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                Random random = new Random(seed + i);
                tasks.add(() -> {
                    Thread.sleep(random.nextInt(5));
                    return task.write(random, writer);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) results.add(future.get());
            return results;
        }
    }

    private PutOutcome put(String key, String text, Condition condition) {
        return put(key, text.getBytes(UTF_8), condition);
    }

    private PutOutcome put(String key, byte[] bytes, Condition condition) {
        return store.put(object(key, bytes), condition);
    }

    static NewObject object(String key, byte[] bytes) {
        return new NewObject(key, bytes, "application/octet-stream", "no-cache", false);
    }

    private static String stored(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(Stored.class);
        return ((Stored) outcome).version();
    }

    private static Refused refused(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return (Refused) outcome;
    }

    private String text(String key) {
        return new String(store.get(key).orElseThrow(AssertionError::new).bytes(), UTF_8);
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
