package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadModelTest {
    private BenchRedis redis;
    private ReadModel model;

    @BeforeEach
    void start() {
        redis = BenchRedis.start();
        model = new ReadModel(redis);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void isTheSameWhateverKeysBeginWith() {
        long ours = digest("{tasks:3}:1.2:4:acme:", "Dig", 1);
        assertThat(digest("4:acme:", "Dig", 1)).isEqualTo(ours);
    }

    @Test
    void isAnotherWithAnotherFieldOrPlace() {
        long digest = digest("4:acme:", "Dig", 1);
        assertThat(digest("4:acme:", "Fill", 1)).isNotEqualTo(digest);
        assertThat(digest("4:acme:", "Dig", 2)).isNotEqualTo(digest);
        assertThat(digest("5:acme2:", "Dig", 1)).isNotEqualTo(digest);
    }

    @Test
    void doesNotLookAtWhatRunsIt() {
        long digest = digest("{tasks:3}:1.2:4:acme:", "Dig", 1);
        redis.commands().set("{tasks:3}:1.2:position", "17");
        redis.commands().hset("{tasks:3}:builds", "serving:1", "2");
        assertThat(model.digest()).isEqualTo(digest);
        assertThat(model.tasks()).isEqualTo(1);
    }

    private long digest(String prefix, String name, double due) {
        redis.empty();
        redis.commands().hset(prefix + "e:1", Map.of("name", name, "status", "To do"));
        redis.commands().zadd(prefix + "due", due, "1");
        return model.digest();
    }
}
