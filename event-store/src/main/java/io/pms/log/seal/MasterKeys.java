package io.pms.log.seal;

import io.pms.log.LogUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.AEADBadTagException;

/**
 * Master keys in a file: one a line, 32 bytes in base64, the newest last. The newest wraps, all of
 * them unwrap. Empty lines and those that begin with {@code #} count for nothing.
 *
 * <p>A key's name follows from the key, so that another key is never taken for it.
 */
public final class MasterKeys implements KeyWrapping {
    private static final int NAME_BYTES = 8;
    private static final Set<PosixFilePermission> PRIVATE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** A group may read: that is how Kubernetes gives a secret to a process that is not root's. */
    private static final Set<PosixFilePermission> FORBIDDEN =
            EnumSet.of(
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.OTHERS_EXECUTE);

    private final Map<String, byte[]> keys;
    private final String current;
    private final byte[] currentKey;

    private MasterKeys(Map<String, byte[]> keys, String current) {
        this.keys = keys;
        this.current = current;
        this.currentKey = Objects.requireNonNull(keys.get(current));
    }

    /**
     * @throws IllegalStateException when the file is not there, others may read or write it, or it
     *     holds something else, saying what to do
     */
    public static MasterKeys read(Path file) {
        try {
            requirePrivate(file);
            Map<String, byte[]> keys = new LinkedHashMap<>();
            String current = null;
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) continue;
                byte[] key = key(file, number, line.trim());
                current = name(key);
                keys.put(current, key);
            }
            if (current == null) throw refused(file, "holds no key");
            return new MasterKeys(keys, current);
        } catch (NoSuchFileException e) {
            throw refused(file, "is not there; bring it back from where it is kept");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the master keys in " + file, e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) return;
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(FORBIDDEN::contains))
            throw refused(
                    file,
                    "may be read or written by others ("
                            + PosixFilePermissions.toString(permissions)
                            + "); run: chmod 600 "
                            + file);
    }

    private static byte[] key(Path file, int number, String line) {
        try {
            byte[] key = Base64.getDecoder().decode(line);
            if (key.length == AesGcm.KEY_BYTES) return key;
        } catch (IllegalArgumentException e) {
            // said below, without what stands there
        }
        throw refused(file, "line " + number + " is not 32 bytes in base64");
    }

    private static IllegalStateException refused(Path file, String why) {
        return new IllegalStateException("the file of master keys " + file + " " + why);
    }

    /**
     * Makes a file with a new key that only its owner may read, unless there is one already.
     *
     * <p>It appears whole: a process that finds it can read it.
     */
    public static void make(Path file) {
        try {
            Path draft = draft(file.toAbsolutePath());
            String line = Base64.getEncoder().encodeToString(AesGcm.random(AesGcm.KEY_BYTES));
            Files.writeString(draft, line + "\n");
            publish(draft, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a master key in " + file, e);
        }
    }

    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // another process was first; its key is as good
        } finally {
            Files.delete(draft);
        }
    }

    private static Path draft(Path file) throws IOException {
        Path folder = Files.createDirectories(file.getParent());
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? Files.createTempFile(
                        folder, "master", ".new", PosixFilePermissions.asFileAttribute(PRIVATE))
                : Files.createTempFile(folder, "master", ".new");
    }

    private static String name(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("pms master key".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key), 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String current() {
        return current;
    }

    @Override
    public Wrapped wrap(byte[] key, byte[] context) {
        byte[] nonce = AesGcm.random(AesGcm.NONCE_BYTES);
        byte[] encrypted = AesGcm.encrypt(currentKey, nonce, context, key);
        byte[] bytes = Arrays.copyOf(nonce, nonce.length + encrypted.length);
        System.arraycopy(encrypted, 0, bytes, nonce.length, encrypted.length);
        return new Wrapped(current, bytes);
    }

    @Override
    public byte[] unwrap(Wrapped wrapped, byte[] context) {
        byte[] master = keys.get(wrapped.masterKey());
        if (master == null)
            throw new LogUnavailableException(
                    "there are keys that the master key "
                            + wrapped.masterKey()
                            + " wraps, but this process has only "
                            + keys.keySet(),
                    null);
        int nonceEnd = Math.min(wrapped.bytes().length, AesGcm.NONCE_BYTES);
        byte[] nonce = Arrays.copyOf(wrapped.bytes(), nonceEnd);
        byte[] encrypted = Arrays.copyOfRange(wrapped.bytes(), nonceEnd, wrapped.bytes().length);
        try {
            return AesGcm.decrypt(master, nonce, context, encrypted);
        } catch (AEADBadTagException e) {
            throw new DamagedKeyException(e);
        }
    }
}
