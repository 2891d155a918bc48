package io.pms.objects;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One list of a folder's keys. It looks into folders in the order of the keys in them, and only
 * into those that can have some of the list.
 */
final class FolderListing {
    private final Path root;
    private final String prefix;
    private final @Nullable String after;
    private final int limit;
    private final List<String> keys = new ArrayList<>();

    FolderListing(Path root, String prefix, @Nullable String after, int limit) {
        this.root = root;
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
    }

    List<String> read() throws IOException {
        into("");
        return List.copyOf(keys);
    }

    /**
     * @param folder empty for the root, else ending in a slash
     */
    private void into(String folder) throws IOException {
        for (String name : names(folder)) {
            if (keys.size() == limit) return;
            if (!name.endsWith("/")) add(name);
            else if (mayHave(name)) into(name);
        }
    }

    private void add(String key) {
        if (key.startsWith(prefix) && (after == null || key.compareTo(after) > 0)) keys.add(key);
    }

    private boolean mayHave(String folder) {
        boolean allBefore =
                after != null && folder.compareTo(after) < 0 && !after.startsWith(folder);
        return !allBefore && (folder.startsWith(prefix) || prefix.startsWith(folder));
    }

    /** A folder's name ends in a slash, as in its keys, which puts it in its place among them. */
    private List<String> names(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path file : files) {
                String name = folder + file.getFileName();
                if (Keys.isKey(name)) names.add(Files.isDirectory(file) ? name + "/" : name);
            }
        } catch (NoSuchFileException e) {
            return List.of(); // it went with its last object
        }
        names.sort(null);
        return names;
    }
}
