package io.pms.backup;

import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A folder for backups, and what is in it. */
final class BackupPlace implements AutoCloseable {
    private final Path folder = SharedServers.temporary("backups");
    private final ObjectStore objects =
            ObjectStore.open("file:" + folder, ObjectStoreSettings.defaults());

    Path folder() {
        return folder;
    }

    ObjectStore objects() {
        return objects;
    }

    Backups backups() {
        return backups(objects, InstantSource.system());
    }

    static Backups backups(ObjectStore objects, InstantSource clock) {
        return new Backups(objects, clock, Duration.ZERO);
    }

    List<String> keys() {
        return objects.list("", null, ObjectStore.MAX_LIST);
    }

    byte[] bytes(String key) {
        return objects.get(key).orElseThrow().bytes();
    }

    void put(String key, byte[] bytes) {
        objects.put(new NewObject(key, bytes, "x/y", "no-cache", false), Condition.always());
    }

    static DatabaseUrl emptyDatabase() {
        return DatabaseUrl.parse(SharedServers.freshDatabase().ownerUrl());
    }

    @Override
    public void close() {
        objects.close();
    }
}
