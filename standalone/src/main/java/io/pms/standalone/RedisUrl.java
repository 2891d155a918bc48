package io.pms.standalone;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code REDIS_URL}: one server, {@code redis://user:password@host:6379/0}, or a cluster, the same
 * with several hosts and no database. {@code rediss} is with TLS.
 */
final class RedisUrl {
    private static final Pattern CLUSTER =
            Pattern.compile("(rediss?)://(?:([^:@/]*)(?::([^@/]*))?@)?([^@/]*,[^@/]*)/?");

    private RedisUrl() {}

    /**
     * What Spring Boot calls it.
     *
     * @throws IllegalArgumentException when it has several hosts and is not understood
     */
    static Map<String, Object> properties(String url) {
        if (!url.contains(",")) return Map.of("spring.data.redis.url", url);
        Matcher cluster = CLUSTER.matcher(url);
        if (!cluster.matches())
            throw new IllegalArgumentException(
                    "REDIS_URL of a cluster must be redis://user:password@host1:6379,host2:6379; a cluster has no numbered databases");
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.data.redis.cluster.nodes", cluster.group(4));
        properties.put(
                "spring.data.redis.ssl.enabled", String.valueOf(cluster.group(1).equals("rediss")));
        put(properties, "spring.data.redis.username", cluster.group(2));
        put(properties, "spring.data.redis.password", cluster.group(3));
        return properties;
    }

    private static void put(Map<String, Object> properties, String name, @Nullable String value) {
        if (value != null && !value.isEmpty())
            properties.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
}
