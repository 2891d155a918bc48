package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisUrlTest {
    @Test
    void aSingleServerIsLeftToSpring() {
        String url = "redis://ann:p%40ss@redis.example:6379/2";
        assertThat(RedisUrl.properties(url)).isEqualTo(Map.of("spring.data.redis.url", url));
    }

    @Test
    void severalHostsAreACluster() {
        assertThat(RedisUrl.properties("rediss://ann:p%40ss@one:6379,two:6380"))
                .isEqualTo(
                        Map.of(
                                "spring.data.redis.cluster.nodes", "one:6379,two:6380",
                                "spring.data.redis.ssl.enabled", "true",
                                "spring.data.redis.username", "ann",
                                "spring.data.redis.password", "p@ss"));
        assertThat(RedisUrl.properties("redis://one:6379,two:6380"))
                .containsOnlyKeys(
                        "spring.data.redis.cluster.nodes", "spring.data.redis.ssl.enabled");
    }

    @Test
    void aClusterHasNoNumberedDatabases() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisUrl.properties("redis://one:6379,two:6380/1"))
                .withMessageContaining("REDIS_URL");
    }
}
