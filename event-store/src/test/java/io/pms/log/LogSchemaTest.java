package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.TestLog.query;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.SharedServers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations by an account that is not a superuser, on a server with its binary log on. */
class LogSchemaTest {
    private static EmbeddedDatabase server;
    private static int databases;

    private String database;

    @BeforeAll
    static void start() {
        server =
                SharedServers.startDatabase(
                        SharedServers.temporary("binlog"), List.of("--log-bin", "--server-id=1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws Exception {
        database = "schema_" + ++databases;
        asRoot("CREATE DATABASE " + database);
        asRoot("SET GLOBAL log_bin_trust_function_creators=0");
    }

    @Test
    void isTestedOnTheServerThatThisRunIsAbout() throws Exception {
        String expected =
                System.getProperty("pms.test.database", "mariadb").equals("mysql8")
                        ? "8.0.31"
                        : "11.4.5-MariaDB";
        String url = SharedServers.freshDatabase().ownerUrl();
        assertThat(query(url, "SELECT VERSION()")).startsWith(expected);
        assertThat(query(server.url("mysql", EmbeddedDatabase.OWNER), "SELECT VERSION()"))
                .startsWith(expected);
    }

    @Test
    void saysWhatToDoWhenTriggersAreRefusedAndGoesOnWhenThatIsDone() throws Exception {
        DatabaseUrl owner = account("owner", "GRANT ALL ON %1$s.* TO %2$s WITH GRANT OPTION");
        assertThatThrownBy(() -> LogSchema.migrate(owner, application(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set log_bin_trust_function_creators=1")
                .hasMessageContaining("DATABASE_OWNER_URL");
        asRoot("SET GLOBAL log_bin_trust_function_creators=1");
        LogSchema.migrate(owner, application(), 0);
        assertThatAppendsWork();
    }

    @Test
    void goesOnWhereAMigrationWasCutOff() throws Exception {
        DatabaseUrl owner = account("owner", "GRANT ALL ON %1$s.* TO %2$s WITH GRANT OPTION");
        asRoot("SET GLOBAL log_bin_trust_function_creators=1");
        LogSchema.migrate(owner, application(), 0);
        asRoot("DROP TRIGGER %s.event_no_delete".formatted(database));
        asRoot("UPDATE %s.pms_log_schema SET success=0 WHERE version>='2'".formatted(database));
        LogSchema.migrate(owner, application(), 0);
        assertThatThrownBy(() -> asRoot("DELETE FROM " + database + ".log_head"))
                .hasMessageContaining("pms:");
        assertThatAppendsWork();
    }

    @Test
    void namesTheAccountThatMayNotMakeTables() throws Exception {
        DatabaseUrl reader = account("reader", "GRANT SELECT ON %1$s.* TO %2$s");
        assertThatThrownBy(() -> LogSchema.migrate(reader, application(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("may not make tables and triggers or grant rights")
                .hasMessageContaining(database);
    }

    @Test
    void namesTheAccountThatMayNotGrant() throws Exception {
        asRoot("SET GLOBAL log_bin_trust_function_creators=1");
        DatabaseUrl maker = account("maker", "GRANT ALL ON %1$s.* TO %2$s");
        assertThatThrownBy(() -> LogSchema.migrate(maker, application(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("may not make tables and triggers or grant rights");
    }

    @Test
    void namesADatabaseThatDoesNotExist() throws Exception {
        DatabaseUrl owner = account("owner", "GRANT ALL ON %1$s.* TO %2$s WITH GRANT OPTION");
        asRoot("DROP DATABASE " + database);
        assertThatThrownBy(() -> LogSchema.migrate(owner, application(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no database")
                .hasMessageContaining("create it first");
    }

    private void assertThatAppendsWork() {
        try (MysqlEventLog log = MysqlEventLog.open(application(), LogSettings.defaults())) {
            assertThat(log.append(unit(event("a", 0))).join().firstPosition()).isZero();
        }
    }

    private DatabaseUrl application() {
        return DatabaseUrl.parse(server.url(database, EmbeddedDatabase.APPLICATION));
    }

    private DatabaseUrl account(String name, String grant) throws Exception {
        String user = name + "_" + database;
        String account = "'" + user + "'@'127.0.0.1'";
        asRoot("CREATE USER " + account + " IDENTIFIED BY '" + server.password() + "'");
        asRoot(grant.formatted(database, account));
        return DatabaseUrl.parse(server.url(database, user));
    }

    private static void asRoot(String sql) throws Exception {
        execute(server.url("mysql", EmbeddedDatabase.OWNER), sql);
    }
}
