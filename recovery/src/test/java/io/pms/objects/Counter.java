package io.pms.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pms.objects.PutOutcome.Stored;

/** A number in an object, which writers raise without losing one another's. */
final class Counter {
    private Counter() {}

    /**
     * @param by no other increment's, so that no two write the same bytes
     */
    static void increment(ObjectStore store, String key, String by) {
        while (true) {
            StoredObject found = store.get(key).orElseThrow(AssertionError::new);
            String next = value(new String(found.bytes(), UTF_8)) + 1 + " by " + by;
            PutOutcome outcome =
                    store.put(
                            ObjectStoreContract.object(key, next.getBytes(UTF_8)),
                            Condition.ifVersion(found.version()));
            if (outcome instanceof Stored) return;
        }
    }

    static int value(String text) {
        return Integer.parseInt(text.split(" ")[0]);
    }
}
