package io.pms.projection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

/** Everything that a Redis holds, in plain Java: texts, lists, and maps for hashes and sets. */
final class RedisDump {
    private RedisDump() {}

    static Map<String, Object> of(StringRedisTemplate redis) {
        Map<String, Object> dump = new TreeMap<>();
        try (Cursor<String> keys = redis.scan(ScanOptions.scanOptions().count(1_000).build())) {
            while (keys.hasNext()) {
                String key = keys.next();
                dump.put(key, value(redis, key));
            }
        }
        return dump;
    }

    private static Object value(StringRedisTemplate redis, String key) {
        DataType type = redis.type(key);
        return switch (type) {
            case STRING -> redis.opsForValue().get(key);
            case LIST -> redis.opsForList().range(key, 0, -1);
            case HASH -> new TreeMap<>(redis.<String, String>opsForHash().entries(key));
            case ZSET -> scores(redis, key);
            default -> List.of("unexpected " + type);
        };
    }

    private static Map<String, Double> scores(StringRedisTemplate redis, String key) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (TypedTuple<String> each : redis.opsForZSet().rangeWithScores(key, 0, -1))
            scores.put(each.getValue(), each.getScore());
        return scores;
    }
}
