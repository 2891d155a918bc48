package io.pms.objects;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Another process that writes to a folder: {@code count}, {@code write} or {@code once}. */
final class FolderProcess {
    static final int KEYS = 20;

    private FolderProcess() {}

    public static void main(String[] arguments) {
        String url = arguments[1];
        try (ObjectStore store = ObjectStore.open(url, ObjectStoreSettings.defaults())) {
            switch (arguments[0]) {
                case "count" -> count(store, arguments[2]);
                case "write" -> write(store, new Random(Long.parseLong(arguments[2])));
                case "once" ->
                        System.out.println(
                                store.put(
                                        proven(new Random(), "a/b", 1 << 20), Condition.always()));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (ObjectStoreException e) {
            System.out.println(e.reason() + " " + e.getMessage());
        }
    }

    private static void count(ObjectStore store, String name) {
        for (int i = 0; i < 100; i++) Counter.increment(store, "count", name + "." + i);
    }

    /** Until it is killed. */
    private static void write(ObjectStore store, Random random) {
        for (int done = 0; ; done++) {
            if (done == 10) System.out.println("ready");
            String key = "d" + random.nextInt(3) + "/k" + random.nextInt(KEYS);
            if (random.nextInt(4) == 0) store.delete(key);
            else
                store.put(
                        proven(random, key, random.nextInt(200_000)),
                        condition(store, key, random));
        }
    }

    private static Condition condition(ObjectStore store, String key, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Condition.always();
            case 1 -> Condition.ifAbsent();
            default ->
                    store.get(key)
                            .map(found -> Condition.ifVersion(found.version()))
                            .orElseGet(Condition::ifAbsent);
        };
    }

    /** Bytes that begin with their own hash. */
    private static NewObject proven(Random random, String key, int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        byte[] bytes = Arrays.copyOf(Sha256.digest("SHA-256", payload), 32 + length);
        System.arraycopy(payload, 0, bytes, 32, length);
        return ObjectStoreContract.object(key, bytes);
    }

    static boolean isWhole(byte[] bytes) {
        return bytes.length >= 32
                && Arrays.equals(
                        Sha256.digest("SHA-256", Arrays.copyOfRange(bytes, 32, bytes.length)),
                        Arrays.copyOf(bytes, 32));
    }

    static String url(Path folder) {
        return "file:" + folder;
    }
}
