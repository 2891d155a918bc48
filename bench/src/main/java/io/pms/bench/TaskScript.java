package io.pms.bench;

import io.lettuce.core.api.sync.RedisCommands;
import io.pms.projection.Write;
import io.pms.projection.runtime.Partition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code task-event.lua}: one event of a task in one call.
 *
 * @param digest what Redis calls it
 */
record TaskScript(String digest) {
    private static final String FILE = "task-event.lua";

    static TaskScript load(RedisCommands<String, String> redis) {
        try (InputStream in = TaskScript.class.getResourceAsStream(FILE)) {
            if (in == null) throw new IllegalStateException("there is no " + FILE);
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new TaskScript(redis.scriptLoad(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String[] keys(Write.Entity task) {
        return new String[] {Partition.prefix(task.tenant()) + "e:" + task.id()};
    }

    String[] arguments(Write.Entity task) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Partition.prefix(task.tenant()));
        arguments.add(task.id());
        arguments.add(String.valueOf(task.fields().get("updated")));
        task.fields()
                .forEach((field, value) -> {
                    arguments.add(field);
                    arguments.add(value);
                });
        return arguments.toArray(String[]::new);
    }
}
