package io.pms.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {
    @TempDir Path home;

    @Test
    void keepsItsDataWhenItIsKilledAndStartedAgain() throws SQLException {
        try (EmbeddedDatabase server = SharedServers.startDatabase(home, List.of())) {
            execute(server, "CREATE TABLE t (n INT PRIMARY KEY)", "INSERT INTO t VALUES (42)");
            server.kill();
            assertThat(server.isAlive()).isFalse();
            server.restart();
            try (Connection connection =
                            DriverManager.getConnection(
                                    server.url("kept", EmbeddedDatabase.OWNER));
                    var rows = connection.createStatement().executeQuery("SELECT n FROM t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void givesTheApplicationNoRightsByItself() throws SQLException {
        SharedServers.Database database = SharedServers.freshDatabase();
        DriverManager.getConnection(database.ownerUrl()).close();
        assertThatThrownBy(() -> DriverManager.getConnection(database.applicationUrl()).close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Access denied");
    }

    @Test
    void standsStillWhileItIsSuspended() throws SQLException {
        try (EmbeddedDatabase server = SharedServers.startDatabase(home, List.of())) {
            String url = server.url("kept", EmbeddedDatabase.OWNER);
            DriverManager.getConnection(url).close();
            server.suspend();
            assertThatThrownBy(() ->
                            DriverManager.getConnection(
                                    url + "&connectTimeout=200&socketTimeout=200"))
                    .isInstanceOf(SQLException.class);
            server.resume();
            DriverManager.getConnection(url).close();
        }
    }

    @Test
    void keepsThePasswordOfItsAccountsFromOthers() throws Exception {
        try (EmbeddedDatabase server = SharedServers.startDatabase(home, List.of())) {
            assertThat(home.resolve("password")).hasContent(server.password());
            for (String file : List.of("password", "accounts.sql"))
                assertThat(Files.getPosixFilePermissions(home.resolve(file)))
                        .containsExactlyInAnyOrder(
                                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    @Test
    void endsTheServerThatAKilledProcessLeftBehind() {
        EmbeddedDatabase orphan = SharedServers.startDatabase(home, List.of());
        try (EmbeddedDatabase second = SharedServers.startDatabase(home, List.of())) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void endsRedisWithItsAppendOnlyFileInOrder() {
        try (EmbeddedRedis server = EmbeddedRedis.start(home, 0, List.of())) {
            server.kill();
            server.restart();
            assertThat(RedisCommand.isReady(server.port())).isTrue();
        }
    }

    @Test
    void refusesADataDirectoryThatIsTakenAndOneThatIsNotOurs() throws Exception {
        Path path = home.resolve("data");
        try (DataDirectory first = DataDirectory.take(path, false)) {
            first.describe("pid 1, port 3000");
            assertThatThrownBy(() -> DataDirectory.take(path, true))
                    .hasMessageContaining("pid 1, port 3000");
        }
        Files.createDirectories(home.resolve("photos"));
        Files.writeString(home.resolve("photos/cat.txt"), "cat");
        assertThatThrownBy(() -> DataDirectory.take(home.resolve("photos"), true))
                .hasMessageContaining("not of pms");
        assertThat(home.resolve("photos/cat.txt")).exists();
    }

    @Test
    void emptiesADataDirectoryOnRequest() throws Exception {
        Path path = home.resolve("data");
        DataDirectory.take(path, false).close();
        Files.writeString(path.resolve("old"), "old");
        try (DataDirectory fresh = DataDirectory.take(path, true)) {
            assertThat(fresh.path().resolve("old")).doesNotExist();
        }
    }

    private static void execute(EmbeddedDatabase server, String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.url("kept", EmbeddedDatabase.OWNER));
                var statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }
}
