package io.pms.archive;

import io.pms.tlog.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The secrets that sign checkpoints: Ed25519 seeds of 32 bytes in base64, one a line, as {@code
 * openssl rand -base64 32} makes them. All of them sign. To replace one, put the new one above the
 * old one, and take the old one away when everybody knows the new one.
 */
public final class SigningKeys {
    private static final int SEED_BYTES = 32;

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private SigningKeys() {}

    /**
     * Makes a key where there is none.
     *
     * @return whether it did
     */
    public static boolean create(Path file) {
        if (Files.exists(file)) return false;
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.deleteIfExists(draft);
            if (isPosix(file))
                Files.createFile(
                        draft,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    draft,
                    Base64.getEncoder().encodeToString(seed) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.DSYNC);
            Files.move(draft, file);
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("cannot make the signing key " + file + ": " + e, e);
        }
    }

    /**
     * @return the seeds, the newest first
     * @throws IllegalStateException when the file cannot be read, others may read it, or it has no
     *     keys; what it says is not in the message
     */
    public static List<byte[]> read(Path file) {
        requirePrivate(file);
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the signing key " + file + ": " + e, e);
        }
    }

    /** The same of a text, as an environment variable may have it: keys with spaces between. */
    public static List<byte[]> parse(String text, String where) {
        List<byte[]> seeds = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) seeds.add(seed(word, where));
        return seeds;
    }

    private static byte[] seed(String word, String where) {
        try {
            byte[] seed = Base64.getDecoder().decode(word);
            if (seed.length == SEED_BYTES) return seed;
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalStateException(
                where
                        + " has something that is not a signing key: each is 32 bytes in base64, as openssl rand -base64 32 makes it");
    }

    /** What verifies what the keys sign, of the log with this origin. */
    public static List<String> verifiers(String origin, List<byte[]> seeds) {
        return seeds.stream()
                .map(seed -> NoteSigner.fromSeed(origin, seed).verifier().text())
                .toList();
    }

    private static void requirePrivate(Path file) {
        try {
            if (!isPosix(file)) return;
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            permissions.retainAll(OTHERS);
            if (!permissions.isEmpty())
                throw new IllegalStateException(
                        "others may read the signing key " + file + ": chmod 600 it");
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the signing key " + file + ": " + e, e);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
