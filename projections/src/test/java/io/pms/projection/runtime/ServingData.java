package io.pms.projection.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What queries can see of everything in Redis.
 *
 * @param keys by key without its build: partition, tenant, and the rest
 * @param others keys of builds that do not answer, which are to be gone in the end
 */
record ServingData(Map<String, Object> keys, List<String> others) {
    static ServingData of(RedisLink link) {
        Map<String, Object> dump = RedisDump.of(link);
        Map<String, Object> keys = new TreeMap<>();
        List<String> others = new ArrayList<>();
        dump.forEach((key, value) -> {
            if (!key.startsWith("{")) return;
            int end = key.indexOf("}:") + 2;
            String tag = key.substring(0, end);
            String rest = key.substring(end);
            if (rest.equals("builds") || rest.startsWith("lease:")) return;
            String build = rest.substring(0, rest.indexOf(':'));
            String inBuild = rest.substring(rest.indexOf(':') + 1);
            if (!build.equals(newestThatServes(dump, tag))) others.add(key);
            else if (!inBuild.equals("position")) keys.put(tag + inBuild, withoutNames(value));
        });
        return new ServingData(keys, others);
    }

    /** A project's plan has another name in each build. */
    private static Object withoutNames(Object value) {
        if (!(value instanceof Map<?, ?> hash) || !hash.containsKey("plan")) return value;
        Map<Object, Object> others = new TreeMap<>(hash);
        others.remove("plan");
        return others;
    }

    @SuppressWarnings("unchecked")
    private static String newestThatServes(Map<String, Object> dump, String tag) {
        Map<String, String> builds =
                (Map<String, String>) dump.getOrDefault(tag + "builds", Map.of());
        return builds.keySet().stream()
                .filter(field -> field.startsWith("serving:"))
                .map(field -> Integer.valueOf(field.substring("serving:".length())))
                .max(Integer::compare)
                .map(version -> version + "." + builds.get("serving:" + version))
                .orElse("");
    }
}
