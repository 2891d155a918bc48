package io.pms.archive;

import io.pms.embedded.SharedServers;
import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.NoteVerifier;
import java.nio.file.Path;
import java.util.List;

/** The archive of a log in a folder of its own. */
public final class SampleArchive implements AutoCloseable {
    public static final byte[] SEED = new byte[32];

    private final Path folder = SharedServers.temporary("archive");
    private final ObjectStore store = ObjectStore.open(url(), ObjectStoreSettings.defaults());

    public static SampleArchive of(SampleLog log) {
        SampleArchive archive = new SampleArchive();
        archive.follow(log);
        return archive;
    }

    public String url() {
        return folder.toUri().toString().replace("///", "/");
    }

    public Path folder() {
        return folder;
    }

    public Checkpoint follow(SampleLog log) {
        return ArchiveCopy.write(log.log(), store, List.of(SEED));
    }

    public Archive archive() {
        return new Archive(store);
    }

    /** Of the log that has the newest checkpoint. */
    public List<NoteVerifier> keys() {
        String origin = Checkpoint.parse(archive().checkpoint().orElseThrow().text()).origin();
        return LogKeys.ofSeeds(origin, List.of(SEED)).verifiers();
    }

    public TrustedArchive trusted() {
        return TrustedArchive.open(archive(), keys());
    }

    public byte[] get(String key) {
        return store.get(key).orElseThrow().bytes();
    }

    public void put(String key, byte[] bytes) {
        store.put(new NewObject(key, bytes, "x/y", "no-cache", false), Condition.always());
    }

    public void delete(String key) {
        store.delete(key);
    }

    public List<String> keysOfTiles() {
        return store.list("tile/", null, 1_000);
    }

    @Override
    public void close() {
        store.close();
    }
}
