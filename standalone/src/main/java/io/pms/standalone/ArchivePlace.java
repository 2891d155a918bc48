package io.pms.standalone;

import io.pms.archive.Archive;
import io.pms.archive.ArchiveProperties;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.FormatException;
import io.pms.tlog.NoteVerifier;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An archive for commands, with the settings that the environment says. */
final class ArchivePlace implements AutoCloseable {
    private final ObjectStore store;

    private ArchivePlace(ObjectStore store) {
        this.store = store;
    }

    static ArchivePlace open(String url, Map<String, String> environment) {
        return new ArchivePlace(ObjectStore.open(url, settings(url, environment)));
    }

    /** Also for what is written there: a bucket may demand encryption. */
    static ObjectStoreSettings settings(String url, Map<String, String> environment) {
        String endpoint = environment.get("PMS_ARCHIVE_ENDPOINT");
        ArchiveProperties properties =
                new ArchiveProperties(
                        url,
                        false,
                        null,
                        Duration.ZERO,
                        false,
                        endpoint == null ? null : URI.create(endpoint),
                        environment.get("PMS_ARCHIVE_REGION"),
                        environment.get("PMS_ARCHIVE_ENCRYPTION"),
                        environment.get("PMS_ARCHIVE_LOCK"));
        return properties.settings();
    }

    ObjectStore store() {
        return store;
    }

    Archive archive() {
        return new Archive(store);
    }

    /** Those that are given, else the archive's own, which it says. */
    List<NoteVerifier> keys(List<String> given) {
        if (!given.isEmpty()) return parse(given);
        List<NoteVerifier> own = archive().ownKeys();
        if (own.isEmpty())
            throw new IllegalStateException(
                    "the archive names no keys of its own: say one with --key");
        Progress.say(
                "no --key: believing the key that the archive names itself, "
                        + own.getFirst().text()
                        + "; it proves nothing against whoever can write to the archive");
        return own;
    }

    static List<NoteVerifier> parse(List<String> keys) {
        try {
            return keys.stream().map(NoteVerifier::parse).toList();
        } catch (FormatException e) {
            throw new IllegalArgumentException("--key is not a verifier key: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
