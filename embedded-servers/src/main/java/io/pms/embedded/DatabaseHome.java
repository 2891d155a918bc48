package io.pms.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The folder of one database server: its data, its log, and the password of its accounts, readable
 * by its owner only.
 */
record DatabaseHome(Path path, String password) {

    /** Makes what is absent. */
    static DatabaseHome prepare(Path home, DatabaseProgram program) {
        try {
            Path absolute = home.toAbsolutePath();
            Files.createDirectories(absolute);
            Path data = absolute.resolve("data");
            if (!Files.isDirectory(data)) create(data, program.emptyData());
            return new DatabaseHome(absolute, password(absolute));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the database in " + home, e);
        }
    }

    Path data() {
        return path.resolve("data");
    }

    private static void create(Path data, Path empty) throws IOException {
        Path draft = data.resolveSibling("data.draft");
        Binaries.delete(draft);
        Binaries.copy(empty, draft);
        Files.move(draft, data);
    }

    private static String password(Path home) throws IOException {
        Path file = home.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[18];
            new SecureRandom().nextBytes(random);
            Path draft = Files.createTempFile(home, "password", "");
            restrict(draft);
            Files.writeString(draft, HexFormat.of().formatHex(random));
            Files.move(draft, file);
        }
        return Files.readString(file).trim();
    }

    private static void restrict(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Path portFile() {
        return path.resolve("port");
    }

    /** Where others find the server as long as it runs. */
    void announce(int port) {
        try {
            Files.writeString(portFile(), String.valueOf(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link #announce} said last, and the password; nothing when it never did. */
    static Optional<Announced> announced(Path home) {
        try {
            DatabaseHome found = new DatabaseHome(home.toAbsolutePath(), "");
            if (!Files.exists(found.portFile())) return Optional.empty();
            int port = Integer.parseInt(Files.readString(found.portFile()).trim());
            return Optional.of(new Announced(port, password(found.path())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + home, e);
        } catch (NumberFormatException e) {
            return Optional.empty(); // cut off while it was written: nobody serves there yet
        }
    }

    record Announced(int port, String password) {}

    /** What the server executes at every start, so that both accounts exist with this password. */
    Path accounts() {
        String sql =
                """
                ALTER USER root@localhost IDENTIFIED BY '%1$s';
                CREATE USER IF NOT EXISTS %2$s@'127.0.0.1' IDENTIFIED BY '%1$s';
                CREATE USER IF NOT EXISTS %3$s@'127.0.0.1' IDENTIFIED BY '%1$s';
                CREATE USER IF NOT EXISTS %2$s@localhost IDENTIFIED BY '%1$s';
                CREATE USER IF NOT EXISTS %3$s@localhost IDENTIFIED BY '%1$s';
                GRANT ALL PRIVILEGES ON *.* TO %2$s@'127.0.0.1' WITH GRANT OPTION;
                GRANT ALL PRIVILEGES ON *.* TO %2$s@localhost WITH GRANT OPTION;
                """
                        .formatted(password, EmbeddedDatabase.OWNER, EmbeddedDatabase.APPLICATION);
        try {
            Path file = path.resolve("accounts.sql");
            if (!Files.exists(file)) Files.createFile(file);
            restrict(file);
            Files.writeString(file, sql);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
