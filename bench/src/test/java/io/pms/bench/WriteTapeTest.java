package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteTapeTest {
    private static final String KEY = "{tasks:1}:1.1:4:acme:";

    @TempDir private Path folder;
    private BenchRedis redis;
    private WriteTape tape;

    @BeforeEach
    void start() throws Exception {
        redis = BenchRedis.start();
        tape = new WriteTape(folder.resolve("tape"));
    }

    @AfterEach
    void stop() throws Exception {
        tape.close();
        redis.close();
    }

    @Test
    void repeatsWhatScriptsHaveWrittenToBuilds() throws Exception {
        String script =
                """
                for i = 1, 2500 do redis.call('ZADD', KEYS[1] .. 'due', i, 'task\\0ö ' .. i) end
                redis.call('GET', KEYS[1] .. 'position')
                redis.call('HSET', KEYS[1] .. 'e:1', 'name', 'a "name"')
                redis.call('SET', '{tasks:1}:lease:1', 'worker')
                """;
        MonitorRecorder.record(
                redis, tape, () -> redis.commands().eval(script, ScriptOutputType.STATUS, KEY));
        long digest = new ReadModel(redis).digest();
        redis.empty();
        tape.send(redis);
        assertThat(tape.commands()).isEqualTo(2_501);
        assertThat(new ReadModel(redis).digest()).isEqualTo(digest).isNotZero();
        assertThat(new ReadModel(redis).tasks()).isEqualTo(1);
        assertThat(redis.commands().exists("{tasks:1}:lease:1")).isZero();
    }

    @Test
    void saysWhatRedisRefuses() throws Exception {
        tape.add(command("SET", KEY, "text"));
        for (int i = 0; i < 20_000; i++) tape.add(command("HSET", KEY, "field", "value"));
        tape.end();
        assertThatThrownBy(() -> tape.send(redis))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("WRONGTYPE");
    }

    @Test
    void stopsAtACommandThatItDoesNotKnow() {
        assertThatThrownBy(() ->
                        MonitorRecorder.record(
                                redis,
                                tape,
                                () ->
                                        redis.commands()
                                                .eval(
                                                        "redis.call('APPEND', KEYS[1], 'x')",
                                                        ScriptOutputType.STATUS,
                                                        KEY)))
                .hasMessageContaining("APPEND");
    }

    private static List<byte[]> command(String... arguments) {
        return List.of(arguments).stream()
                .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
