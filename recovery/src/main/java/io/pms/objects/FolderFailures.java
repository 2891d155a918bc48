package io.pms.objects;

import io.pms.objects.ObjectStoreException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** What an error of a file system means for whoever uses the store. */
final class FolderFailures {
    private final Path root;

    FolderFailures(Path root) {
        this.root = root;
    }

    <T> T translate(String key, IoAction<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw of(key, e);
        } catch (DirectoryIteratorException e) {
            throw of(key, Objects.requireNonNull(e.getCause()));
        } catch (UnsupportedOperationException e) {
            throw new ObjectStoreException(
                    Reason.REFUSED, url(key), "this file system has no hard links", e);
        }
    }

    private String url(String key) {
        return key.isEmpty() ? "file:" + root : "file:" + root.resolve(key);
    }

    private ObjectStoreException of(String key, IOException e) {
        return new ObjectStoreException(reason(e), url(key), problem(e), e);
    }

    private static Reason reason(IOException e) {
        return switch (e) {
            case BadAnswerException bad -> bad.reason();
            case AccessDeniedException _ -> Reason.DENIED;
            case FileAlreadyExistsException _, AtomicMoveNotSupportedException _ -> Reason.REFUSED;
            case NotDirectoryException _, NoSuchFileException _ -> Reason.UNAVAILABLE;
            default -> said(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
        };
    }

    /** The JDK has no types for these. */
    private static Reason said(String message) {
        if (message.contains("no space left") || message.contains("quota exceeded"))
            return Reason.FULL;
        if (message.contains("read-only file system") || message.contains("not permitted"))
            return Reason.DENIED;
        if (message.contains("is a directory") || message.contains("not a directory"))
            return Reason.REFUSED;
        return Reason.UNAVAILABLE;
    }

    private static String problem(IOException e) {
        return switch (e) {
            case BadAnswerException bad -> String.valueOf(bad.getMessage());
            case AccessDeniedException _ ->
                    "access denied; let this process read and write (" + e.getMessage() + ")";
            case FileAlreadyExistsException _ ->
                    "a key cannot be the folder of another (" + e.getMessage() + ")";
            case NotDirectoryException _, NoSuchFileException _ ->
                    "the folder is not there; is its disk mounted? (" + e.getMessage() + ")";
            default -> String.valueOf(e.getMessage());
        };
    }
}
