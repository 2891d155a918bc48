package io.pms.bench;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScoredValue;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tasks that a subject has put into Redis, whatever its keys begin with. */
record ReadModel(BenchRedis redis) {
    private static final int KEYS_A_SCAN = 1_000;
    private static final String ENTITY = ":e:";

    /** Behind a build of ours: the tenant with its length in front, and what of the tenant's. */
    private static final Pattern KEY = Pattern.compile("(?:\\{[^}]*}:\\d+\\.\\d+:)?(\\d+:.*)");

    /** How many tasks there are. */
    long tasks() {
        long tasks = 0;
        for (ScanIterator<String> keys = keys("*" + ENTITY + "*"); keys.hasNext(); keys.next())
            tasks++;
        return tasks;
    }

    /**
     * The same for the same content: a sum over all fields of all tasks and all places in all
     * indexes.
     */
    long digest() {
        long digest = 0;
        for (ScanIterator<String> keys = keys("*"); keys.hasNext(); ) {
            String key = keys.next();
            String name = name(key);
            if (name != null)
                digest += name.contains(ENTITY) ? fields(key, name) : places(key, name);
        }
        return digest;
    }

    private ScanIterator<String> keys(String pattern) {
        return ScanIterator.scan(
                redis.commands(), ScanArgs.Builder.limit(KEYS_A_SCAN).match(pattern));
    }

    private static @Nullable String name(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private long fields(String key, String name) {
        long digest = 0;
        for (Map.Entry<String, String> field : redis.commands().hgetall(key).entrySet())
            digest += hash(name, field.getKey(), field.getValue());
        return digest;
    }

    private long places(String key, String name) {
        long digest = 0;
        for (ScoredValue<String> place : redis.commands().zrangeWithScores(key, 0, -1))
            digest += hash(name, place.getValue(), String.valueOf(place.getScore()));
        return digest;
    }

    /** Spread over all bits, so that differences do not cancel each other out. */
    private static long hash(String name, String member, String value) {
        long hash = name.hashCode();
        hash = (hash ^ member.hashCode()) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ (hash >>> 32) ^ value.hashCode()) * 0xC2B2AE3D27D4EB4FL;
        return hash ^ (hash >>> 29);
    }
}
