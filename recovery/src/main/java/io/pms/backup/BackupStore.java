package io.pms.backup;

import io.pms.backup.Backup.Part;
import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreException;
import io.pms.objects.PutOutcome;
import io.pms.objects.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where backups are: {@code manifests/NAME.json} makes one, {@code parts/NAME/…} is what is in it.
 * A store that does not answer is asked again for a while.
 */
final class BackupStore {
    private static final String MANIFESTS = "manifests/";
    private static final String PARTS = "parts/";
    private static final String JSON = ".json";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final ObjectStore store;
    private final Duration patience;

    /**
     * @param patience how long a store that does not answer is asked again: less than the database
     *     waits for somebody who takes no rows, which is 10 minutes
     */
    BackupStore(ObjectStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    /** Those that have a manifest, the oldest first. */
    List<BackupName> finished() {
        List<BackupName> names = new ArrayList<>();
        for (String key : keys(MANIFESTS))
            if (key.endsWith(JSON))
                BackupName.parse(key.substring(MANIFESTS.length(), key.length() - JSON.length()))
                        .ifPresent(names::add);
        return names;
    }

    /** Those that have parts and no manifest, the oldest first. */
    List<BackupName> unfinished() {
        List<BackupName> names = new ArrayList<>();
        @Nullable String after = null;
        while (true) {
            List<String> next = list(PARTS, after, 1);
            if (next.isEmpty()) break;
            String name = next.getFirst().substring(PARTS.length()).replaceFirst("/.*", "");
            BackupName.parse(name).ifPresent(names::add);
            after = PARTS + name + "0"; // the character behind the slash
        }
        names.removeAll(new HashSet<>(finished()));
        return names;
    }

    /** Empty when there is none any more. */
    Optional<Backup> read(BackupName name) {
        return patiently(() -> store.get(manifest(name)))
                .map(found -> Manifests.read(name, found.bytes()));
    }

    /** The newest whose manifest can be read. */
    Optional<Backup> newest(List<BackupName> finished) {
        for (BackupName name : finished.reversed()) {
            Optional<Backup> backup = readable(name);
            if (backup.isPresent()) return backup;
        }
        return Optional.empty();
    }

    private Optional<Backup> readable(BackupName name) {
        try {
            return read(name);
        } catch (BackupException e) {
            return Optional.empty(); // damaged
        }
    }

    /** The newest that has all its parts; null when there is none. */
    @Nullable BackupName newestWhole(List<BackupName> finished) {
        for (BackupName name : finished.reversed())
            if (readable(name).filter(this::isWhole).isPresent()) return name;
        return null;
    }

    /** Whether every part is there. What is in them is looked at when they are restored. */
    boolean isWhole(Backup backup) {
        Set<String> there = new HashSet<>(keys(PARTS + backup.name() + "/"));
        return backup.parts().stream().allMatch(part -> there.contains(part.key()));
    }

    static String partKey(BackupName name, int number, String table) {
        return "%s%s/%06d-%s"
                .formatted(PARTS, name, number, table.replaceAll("[^A-Za-z0-9_]", "_"));
    }

    void writePart(String key, byte[] bytes) {
        write(key, bytes, "application/octet-stream");
    }

    byte[] readPart(Part part) {
        StoredObject found =
                patiently(() -> store.get(part.key()))
                        .orElseThrow(() -> new BackupException(part.key() + " is missing"));
        String hash = Sha256.hex(found.bytes());
        if (found.bytes().length != part.bytes() || !hash.equals(part.sha256()))
            throw new BackupException(
                    "%s is not what was backed up: %,d bytes with the hash %s instead of %,d with %s"
                            .formatted(
                                    part.key(),
                                    found.bytes().length,
                                    hash,
                                    part.bytes(),
                                    part.sha256()));
        return found.bytes();
    }

    /** Makes it count. */
    void publish(BackupName name, Backup backup) {
        write(manifest(name), Manifests.write(backup), "application/json");
    }

    private void write(String key, byte[] bytes, String type) {
        NewObject object = new NewObject(key, bytes, type, "no-cache", false);
        if (patiently(() -> store.put(object, Condition.ifAbsent())) instanceof PutOutcome.Refused)
            throw new BackupException("somebody else has written " + key);
    }

    /** Whatever becomes of the rest: without its manifest it is none any more. */
    void delete(BackupName name) {
        patiently(() -> {
            store.delete(manifest(name));
            return true;
        });
        for (String key : keys(PARTS + name + "/"))
            patiently(() -> {
                store.delete(key);
                return true;
            });
    }

    private static String manifest(BackupName name) {
        return MANIFESTS + name + JSON;
    }

    private List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        @Nullable String after = null;
        while (true) {
            List<String> page = list(prefix, after, ObjectStore.MAX_LIST);
            keys.addAll(page);
            if (page.size() < ObjectStore.MAX_LIST) return keys;
            after = page.getLast();
        }
    }

    private List<String> list(String prefix, @Nullable String after, int limit) {
        return patiently(() -> store.list(prefix, after, limit));
    }

    private <T> T patiently(Supplier<T> call) {
        long end = System.nanoTime() + patience.toNanos();
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                return call.get();
            } catch (ObjectStoreException e) {
                if (!e.retryable() || System.nanoTime() + pause.toNanos() > end) throw e;
            }
            pause(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException("interrupted", e);
        }
    }
}
