package io.pms.objects;

import io.pms.objects.PutOutcome.Refused;
import io.pms.objects.PutOutcome.Stored;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder on a file system that has hard links, atomic renames and file locks. An object is a file
 * under its key; a version is the hash of the bytes.
 *
 * <p>A write goes to a draft first, which is forced to disk, then gets its name in one step, and is
 * answered when that name is on disk too: after a crash at any moment there are whole objects only.
 * A new name is given by a hard link, which fails when the name is taken. Replacing and deleting
 * happen under a lock, so that nothing changes between looking and replacing.
 */
final class FolderStore implements ObjectStore {
    private final Path root;
    private final Drafts drafts;
    private final Folders folders;
    private final FolderLock lock;
    private final FolderFailures failures;

    private FolderStore(Path root, Drafts drafts, FolderLock lock, FolderFailures failures) {
        this.root = root;
        this.drafts = drafts;
        this.folders = new Folders(root);
        this.lock = lock;
        this.failures = failures;
    }

    static FolderStore open(Path folder, Duration lockTimeout) {
        FolderFailures failures = new FolderFailures(folder);
        return failures.translate(
                "",
                () -> {
                    if (!Files.isDirectory(folder)) Files.createDirectory(folder);
                    Path root = folder.toRealPath();
                    return new FolderStore(
                            root, Drafts.open(root), new FolderLock(root, lockTimeout), failures);
                });
    }

    @Override
    public Optional<StoredObject> get(String key) {
        Path file = file(key);
        return failures.translate(key, () -> Optional.ofNullable(read(file)));
    }

    /** Null when there is none. */
    private @Nullable StoredObject read(Path file) throws IOException {
        byte[] bytes = folders.read(file);
        if (bytes != null) return new StoredObject(bytes, Sha256.hex(bytes));
        drafts.checkPresent(); // of a folder that is gone nothing can be said
        return null;
    }

    @Override
    public PutOutcome put(NewObject object, Condition condition) {
        Path file = file(object.key());
        return failures.translate(
                object.key(),
                () -> {
                    try (Drafts.Draft draft = drafts.write(object.bytes())) {
                        PutOutcome outcome =
                                switch (condition) {
                                    case Condition.Always _ -> replace(draft, file);
                                    case Condition.IfAbsent _ -> create(draft, file);
                                    case Condition.IfVersion expected ->
                                            replace(draft, file, expected.version());
                                };
                        // also when others wrote it, whose force may still be under way
                        if (outcome instanceof Stored) folders.force(Folders.parent(file));
                        return outcome;
                    }
                });
    }

    private PutOutcome create(Drafts.Draft draft, Path file) throws IOException {
        try {
            folders.publish(file, () -> Files.createLink(file, draft.path()));
            return new Stored(Sha256.hex(draft.bytes()));
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(file)) throw e;
            return whatIsThere(draft, read(file));
        }
    }

    private PutOutcome replace(Drafts.Draft draft, Path file) throws IOException {
        return lock.holding(() -> rename(draft, file));
    }

    private PutOutcome replace(Drafts.Draft draft, Path file, String version) throws IOException {
        return lock.holding(() -> {
            StoredObject found = read(file);
            return found != null && found.version().equals(version)
                    ? rename(draft, file)
                    : whatIsThere(draft, found);
        });
    }

    private PutOutcome rename(Drafts.Draft draft, Path file) throws IOException {
        folders.publish(
                file,
                () ->
                        Files.move(
                                draft.path(),
                                file,
                                StandardCopyOption.ATOMIC_MOVE,
                                StandardCopyOption.REPLACE_EXISTING));
        return new Stored(Sha256.hex(draft.bytes()));
    }

    private static PutOutcome whatIsThere(Drafts.Draft draft, @Nullable StoredObject found) {
        return found != null && Arrays.equals(found.bytes(), draft.bytes())
                ? new Stored(found.version())
                : new Refused(found);
    }

    @Override
    public void delete(String key) {
        Path file = file(key);
        failures.translate(
                key,
                () -> {
                    drafts.checkPresent();
                    return lock.holding(() -> folders.delete(file));
                });
    }

    @Override
    public List<String> list(String prefix, @Nullable String after, int limit) {
        Keys.checkPrefix(prefix);
        Keys.checkLimit(limit);
        return failures.translate(
                prefix,
                () -> {
                    drafts.checkPresent();
                    return new FolderListing(root, prefix, after, limit).read();
                });
    }

    private Path file(String key) {
        return root.resolve(Keys.check(key));
    }

    /** Nothing is held open between calls. */
    @Override
    public void close() {}
}
