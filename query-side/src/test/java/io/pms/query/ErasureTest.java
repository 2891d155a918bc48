package io.pms.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.log.LogVerifier;
import io.pms.log.MysqlEventLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;

/**
 * What is seen of somebody before and after they are erased: a name, an address, what they said.
 */
class ErasureTest {
    private static final QueryServer SERVER = QueryServer.shared();
    private static final String NAME = "Quentin Quixote";
    private static final String EMAIL = "quentin.quixote@example.org";
    private static final String SAID = "I was at the quay";

    private static String registered(String tenant) {
        return SERVER.accepted(tenant, "RegisterPerson", Map.of("name", NAME, "email", EMAIL)).id();
    }

    private static long commented(String tenant) {
        String project = SERVER.accepted(tenant, "CreateProject", Map.of("name", "Bridge")).id();
        Map<String, String> task = Map.of("projectId", project, "name", "Dig");
        String id = SERVER.accepted(tenant, "CreateTask", task).id();
        return SERVER.accepted(tenant, "CommentOnTask", Map.of("taskId", id, "text", SAID))
                .position();
    }

    private static long erased(String tenant, String person) {
        Map<String, String> erasing = Map.of("personId", person, "reason", "asked for");
        return SERVER.accepted(tenant, "ErasePerson", erasing).position();
    }

    private static JsonNode person(long position, String tenant, String id) {
        return SERVER.getAt(position, tenant, "/api/people/" + id).body();
    }

    private static void assertErased(JsonNode person) {
        assertThat(person.path("name").isNull()).isTrue();
        assertThat(person.path("email").isNull()).isTrue();
        assertThat(person.path("erased").asBoolean()).isTrue();
    }

    @Test
    void aPersonIsShownWithoutAnythingPersonalAlsoWhenTheListIsBuiltAgain() {
        String tenant = "erasure:person";
        String id = registered(tenant);
        long other = SERVER.accepted(tenant, "RegisterPerson", Map.of("name", "Ann")).position();
        JsonNode before = person(other, tenant, id);
        assertThat(before.path("name").asString()).isEqualTo(NAME);
        assertThat(before.path("email").asString()).isEqualTo(EMAIL);
        assertThat(before.path("erased").asBoolean()).isFalse();
        assertThat(redis()).contains(NAME);

        long position = erased(tenant, id);
        JsonNode after = person(position, tenant, id);
        assertErased(after);
        List<JsonNode> people = SERVER.get(tenant, "/api/people").items();
        assertThat(people).hasSize(2);
        assertErased(people.getLast());

        assertThat(SERVER.post(tenant, "/api/projections/people/rebuild").status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60)).until(() -> areTwoAndEqual(builds(id)));
        assertThat(person(position, tenant, id)).isEqualTo(after);
        assertThat(SERVER.get(tenant, "/api/people").items()).isEqualTo(people);
        assertThat(parked()).isZero();
    }

    private static boolean areTwoAndEqual(List<Object> builds) {
        return builds.size() == 2 && builds.stream().distinct().count() == 1;
    }

    /** What each build has of a person; one that was replaced is kept for a minute. */
    private static List<Object> builds(String id) {
        StringRedisTemplate redis = SERVER.bean(StringRedisTemplate.class);
        return redis.keys("{people*e:" + id).stream().map(key -> value(redis, key)).toList();
    }

    private static int parked() {
        return SERVER.get("erasure:person", "/api/projections/people/parked")
                .body()
                .path("items")
                .size();
    }

    @Test
    void nothingOfItIsInRedis() {
        String tenant = "erasure:redis";
        String id = registered(tenant);
        person(erased(tenant, id), tenant, id);
        await().atMost(Duration.ofSeconds(150))
                .untilAsserted(() ->
                        assertThat(redisOf(tenant))
                                .contains(id)
                                .doesNotContainIgnoringCase(NAME)
                                .doesNotContain(EMAIL));
    }

    private static String redis() {
        return redisOf("");
    }

    /** Every key with all that is in it. */
    private static String redisOf(String part) {
        StringRedisTemplate redis = SERVER.bean(StringRedisTemplate.class);
        StringBuilder all = new StringBuilder();
        for (String key : redis.keys("*" + part + "*"))
            all.append(key).append(' ').append(value(redis, key)).append('\n');
        return all.toString();
    }

    private static Object value(StringRedisTemplate redis, String key) {
        DataType type = redis.type(key);
        if (type == null) return "";
        return switch (type) {
            case HASH -> redis.opsForHash().entries(key);
            case LIST -> redis.opsForList().range(key, 0, -1);
            case ZSET -> redis.opsForZSet().range(key, 0, -1);
            case SET -> redis.opsForSet().members(key);
            case STRING -> String.valueOf(redis.opsForValue().get(key));
            default -> Set.of();
        };
    }

    @Test
    void activityShowsThatSomebodyCommentedAndNotWhat() {
        String tenant = "erasure:activity";
        long commented = commented(tenant);
        JsonNode text = text(commented, tenant);
        assertThat(text.path("text").asString()).isEqualTo(SAID);
        assertThat(text.path("subject").asString()).isEqualTo("default");
        assertThat(text.has("erased")).isFalse();
        text = text(erased(tenant, "default"), tenant);
        assertThat(text.path("text").isNull()).isTrue();
        assertThat(text.path("subject").asString()).isEqualTo("default");
        assertThat(text.path("erased").asBoolean()).isTrue();
        JsonNode latest = SERVER.get(tenant, "/api/activity").items().getFirst();
        assertThat(latest.path("type").asString()).isEqualTo("pms.person.PersonErased.v1");
        assertThat(latest.path("reason").asString()).isEqualTo("asked for");
        assertThat(LogVerifier.verify(SERVER.bean(MysqlEventLog.class)).problem()).isNull();
    }

    private static JsonNode text(long position, String tenant) {
        return SERVER.getAt(position, tenant, "/api/activity").items().stream()
                .filter(item -> item.path("type").asString().contains("TaskCommented"))
                .findFirst()
                .orElseThrow()
                .path("data")
                .path("text");
    }

    /** The streams' memory of the latest events is the same before and after. */
    @Test
    void liveUpdatesThatAreAskedForAgainShowNothingOfIt() throws IOException {
        String tenant = "erasure:live";
        try (LiveClient first = LiveClient.open(SERVER, tenant, "")) {
            long commented = commented(tenant);
            assertThat(data(first, commented)).anyMatch(each -> each.contains(SAID));
            long erased = erased(tenant, "default");
            try (LiveClient again =
                    LiveClient.open(
                            SERVER, tenant, "", "Last-Event-ID", String.valueOf(commented - 1))) {
                List<String> shown = data(again, erased);
                assertThat(shown).hasSize(2).noneMatch(each -> each.contains(SAID));
                assertThat(shown.getFirst()).contains("\"erased\":true");
            }
        }
    }

    private static List<String> data(LiveClient client, long until) throws IOException {
        List<String> data = new ArrayList<>();
        while (client.lastEventId < until) data.add(client.nextEvent().data().toString());
        return data;
    }
}
