package io.pms.objects;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects of an archive are kept: a bucket of any S3-compatible server, or a folder.
 * Thread-safe; several processes may share one place.
 *
 * <p><b>Keys</b> are relative: names of letters, digits, {@code .}, {@code -} and {@code _} that do
 * not begin with a dot, separated by {@code /}, {@value #MAX_KEY_LENGTH} characters at most. A key
 * must not be the folder of another ({@code a} and {@code a/b}). Another key is an {@link
 * IllegalArgumentException}.
 *
 * <p><b>Objects appear whole</b> and durable or not at all. A read sees every write that was
 * answered before it began. What a read gives is what was written: an answer that was cut off or
 * changed on its way is an error.
 *
 * <p><b>Errors</b> are {@link ObjectStoreException}; a missing object is none. After one it is not
 * known whether a write or a deletion took place. Repeating it is always safe.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * An entry bundle has 16.8 MB at most; what is larger is not ours and would fill the memory.
     */
    int MAX_OBJECT_BYTES = 32 << 20;

    /** S3 allows 1,024 bytes, of which the prefix takes some. */
    int MAX_KEY_LENGTH = 768;

    /** A page of S3. */
    int MAX_LIST = 1_000;

    /**
     * Opens a place. It does not contact an S3 server; of a folder it makes the last name when it
     * is not there, and removes what writers that crashed long ago left over.
     *
     * @param url {@code s3://bucket}, {@code s3://bucket/prefix} or {@code file:/absolute/folder}
     * @throws IllegalArgumentException when the URL or the settings cannot be right; it says what
     *     to write instead
     * @throws ObjectStoreException when the folder cannot be used
     */
    static ObjectStore open(String url, ObjectStoreSettings settings) {
        return switch (Place.parse(url)) {
            case Place.Bucket bucket -> S3Store.open(bucket, settings);
            case Place.Folder folder -> FolderStore.open(folder.path(), settings.timeouts().call());
        };
    }

    /**
     * One text for all ways to write the URL of a place.
     *
     * @throws IllegalArgumentException as {@link #open}
     */
    static String canonical(String url) {
        return switch (Place.parse(url)) {
            case Place.Bucket bucket -> bucket.url("");
            case Place.Folder folder -> folder.path().toUri().getRawPath().replaceFirst("/$", "");
        };
    }

    /** The object as it is now; empty when there is none. */
    Optional<StoredObject> get(String key);

    /**
     * Stores an object if the condition holds. Of writers at the same time whose conditions exclude
     * each other exactly one succeeds. A condition that does not hold is an answer, not an error.
     *
     * <p>When it does not hold and the very bytes are there already, they count as stored: so a
     * writer whose answer was lost may repeat itself.
     */
    PutOutcome put(NewObject object, Condition condition);

    /** Removes an object; none is fine too. */
    void delete(String key);

    /**
     * Keys that begin with a prefix, ascending by their characters, fewer than {@code limit} only
     * when there are no more. Whatever else lies there under names that are no keys is left out.
     *
     * @param prefix may end within a name; empty for all keys
     * @param after the key to go on behind, which need not exist; null for the beginning
     * @param limit 1 to {@value #MAX_LIST}
     */
    List<String> list(String prefix, @Nullable String after, int limit);

    /** Lets go of connections. Calls under way may fail. */
    @Override
    void close();
}
