package io.pms.log;

import static io.pms.log.TestLog.execute;
import static io.pms.log.conformance.Samples.event;
import static io.pms.log.conformance.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.SharedServers;
import io.pms.log.TestCertificates.Certificate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that refuses whatever does not come over TLS. */
class TlsTest {
    private static final Path HOME = SharedServers.temporary("tls");

    private static Certificate own;
    private static Certificate another;
    private static EmbeddedDatabase server;

    @BeforeAll
    static void start() throws Exception {
        own = TestCertificates.make(HOME.resolve("own"));
        another = TestCertificates.make(HOME.resolve("another"));
        server =
                SharedServers.startDatabase(
                        HOME.resolve("server"),
                        List.of(
                                "--ssl",
                                "--ssl-ca=" + own.certificate(),
                                "--ssl-cert=" + own.certificate(),
                                "--ssl-key=" + own.key(),
                                "--require-secure-transport=ON"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void carriesMigrationsTheWriterAndReadersAlike() {
        DatabaseUrl application = trusting(own, EmbeddedDatabase.APPLICATION);
        LogSchema.migrate(trusting(own, EmbeddedDatabase.OWNER), application, 0);
        try (MysqlEventLog log = MysqlEventLog.open(application, LogSettings.defaults())) {
            log.append(unit(event("a", 0))).join();
            log.append(unit(event("a", 1))).join();
            assertThat(log.readStream("a", 0, 10)).hasSize(2);
            assertThat(LogVerifier.verify(log).problem()).isNull();
        }
    }

    @Test
    void isDemandedOfEveryConnection() {
        String plain = server.url("mysql", EmbeddedDatabase.OWNER) + "&sslMode=DISABLED";
        assertThatThrownBy(() -> execute(plain, "SELECT 1"))
                .hasMessageContaining("insecure transport");
    }

    @Test
    void namesTheCertificateThatIsNotTrusted() {
        DatabaseUrl owner = trusting(another, EmbeddedDatabase.OWNER);
        assertThatThrownBy(() -> LogSchema.migrate(owner, owner, 0))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("TLS")
                .hasMessageContaining("127.0.0.1:" + server.port())
                .hasMessageNotContaining(server.password());
        DatabaseUrl application = trusting(another, EmbeddedDatabase.APPLICATION);
        assertThatThrownBy(() -> MysqlEventLog.open(application, LogSettings.defaults()))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("TLS");
    }

    private static DatabaseUrl trusting(Certificate certificate, String account) {
        return DatabaseUrl.parse(
                server.url("tls", account)
                        + "&sslMode=VERIFY_IDENTITY&trustCertificateKeyStoreType=PKCS12"
                        + "&trustCertificateKeyStoreUrl=file:"
                        + certificate.keyStore()
                        + "&trustCertificateKeyStorePassword="
                        + TestCertificates.PASSWORD);
    }
}
