package io.pms.projection.runtime;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Keys of Redis as plain maps. */
final class NaiveKeys {
    private final Map<String, Map<String, Double>> sets = new TreeMap<>();
    private final Map<String, Map<String, String>> hashes = new TreeMap<>();
    private final Map<String, Map<String, BigInteger>> sums = new TreeMap<>();

    void index(String key, double score, String member) {
        sets.computeIfAbsent(key, absent -> new TreeMap<>()).put(member, score);
    }

    void hash(String key, Map<String, String> fields) {
        hashes.put(key, new TreeMap<>(fields));
    }

    void sum(String key, String field, BigInteger amount) {
        sums.computeIfAbsent(key, absent -> new TreeMap<>()).merge(field, amount, BigInteger::add);
    }

    void count(String key, String field) {
        sum(key, field, BigInteger.ONE);
    }

    Map<String, Object> withoutZeros() {
        Map<String, Object> all = new TreeMap<>(sets);
        all.putAll(hashes);
        sums.forEach((key, fields) -> {
            Map<String, String> texts = new TreeMap<>();
            fields.forEach((field, sum) -> {
                if (sum.signum() != 0) texts.put(field, sum.toString());
            });
            if (!texts.isEmpty()) all.put(key, texts);
        });
        return all;
    }
}
