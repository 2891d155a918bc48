package io.pms.projection.runtime;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a Redis holds, in plain Java: texts, lists, and maps for hashes and sets. */
final class RedisDump {
    private RedisDump() {}

    static Map<String, Object> of(RedisLink link) {
        RedisClusterAsyncCommands<String, String> commands = link.commands();
        Map<String, Object> dump = new TreeMap<>();
        link.scan(new ScanArgs(), keys -> add(commands, keys, dump));
        return dump;
    }

    private static void add(
            RedisClusterAsyncCommands<String, String> commands,
            List<String> keys,
            Map<String, Object> dump) {
        for (String key : keys) {
            Object value = value(commands, key);
            if (value != null) dump.put(key, value);
        }
    }

    /** Null when it has just gone. */
    private static Object value(RedisClusterAsyncCommands<String, String> commands, String key) {
        String type = RedisLink.await(commands.type(key));
        return switch (type) {
            case "none" -> null;
            case "string" -> RedisLink.await(commands.get(key));
            case "list" -> RedisLink.await(commands.lrange(key, 0, -1));
            case "hash" -> new TreeMap<>(RedisLink.await(commands.hgetall(key)));
            case "zset" -> scores(RedisLink.await(commands.zrangeWithScores(key, 0, -1)));
            default -> List.of("unexpected " + type);
        };
    }

    private static Map<String, Double> scores(List<ScoredValue<String>> values) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (ScoredValue<String> each : values) scores.put(each.getValue(), each.getScore());
        return scores;
    }
}
