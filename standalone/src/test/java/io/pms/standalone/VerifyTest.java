package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifyTest {
    private final Path data = SharedServers.temporary("verify").resolve("data");
    private final int port = PmsProcess.freePort();

    @Test
    void verifiesTheLogOfAPlatformThatRunsAndOfOneThatWasStopped() throws Exception {
        try (PmsProcess platform = PmsProcess.up(data, port)) {
            Web web = new Web(port);
            for (int i = 0; i < 5; i++)
                assertThat(web.command("CreateProject", "{\"name\":\"P" + i + "\"}").status())
                        .isEqualTo(200);
            assertThat(verify("--data", data.toString()))
                    .contains("log 0: 5 events, root ")
                    .endsWith("every event is what was stored\nexit 0");
            web.awaitHealthy();
            platform.stop();
        }
        String answer = verify("--data", data.toString());
        assertThat(answer)
                .contains("log 0: 5 events, root ")
                .endsWith("every event is what was stored\nexit 0");
        assertThat(data.resolve("mariadb/mariadb.pid")).doesNotExist();
        tamper();
        assertThat(verify("--data", data.toString()))
                .contains("log 0: position 3: the event is not the one that was stored")
                .endsWith(
                        "pms: the log is damaged: log 0: position 3: the event is not the one that was stored\nexit 1");
    }

    private void tamper() throws Exception {
        try (EmbeddedMariaDb server =
                        EmbeddedMariaDb.start(
                                data.resolve("mariadb"), 0, EmbeddedServers.DATABASE_OPTIONS);
                Connection connection =
                        DriverManager.getConnection(server.url("pms", EmbeddedDatabase.OWNER));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER event_no_update");
            statement.execute("UPDATE event SET actor = 'nobody' WHERE position = 3");
        }
    }

    @Test
    void verifiesADatabaseOfOnesOwn() {
        SharedServers.Database database = SharedServers.freshDatabase();
        DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
        LogSchema.migrate(DatabaseUrl.parse(database.ownerUrl()), url, 7);
        for (PmsProcess verification :
                List.of(
                        PmsProcess.start(
                                Map.of(), "verify", "--database", database.applicationUrl()),
                        PmsProcess.start(
                                Map.of("DATABASE_URL", database.applicationUrl()), "verify")))
            assertThat(verification.await()).contains("log 7: 0 events").endsWith("exit 0");
    }

    @Test
    void saysWhatItCannotVerify() throws Exception {
        Path nothing = data.resolveSibling("nothing");
        assertThat(verify("--data", nothing.toString()))
                .contains("pms: there is no log in " + nothing)
                .contains("--database")
                .endsWith("exit 1");
        assertThat(nothing).doesNotExist();
        Files.createDirectories(nothing);
        assertThat(verify("--data", nothing.toString())).endsWith("exit 1");
        assertThat(Files.list(nothing)).isEmpty();
        assertThat(verify("--database", "mysql://u:secret@127.0.0.1:" + port + "/pms"))
                .contains("cannot reach the database at 127.0.0.1:" + port)
                .doesNotContain("secret")
                .endsWith("exit 1");
        assertThat(verify("--database", SharedServers.freshDatabase().ownerUrl()))
                .contains("there is no log in")
                .endsWith("exit 1");
        assertThat(verify("--data", "x", "--database", "y"))
                .contains("mutually exclusive")
                .endsWith("exit 2");
    }

    private static String verify(String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of("verify"));
        arguments.addAll(List.of(options));
        return PmsProcess.start(Map.of(), arguments.toArray(String[]::new)).await();
    }
}
