package io.pms.objects;

import io.pms.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3-compatible server in a JVM of its own, from the jars that the build puts into {@code
 * target/object-servers}. One of each kind for all tests of a process, with which it ends.
 */
public final class ObjectServer {
    public static final String ACCESS_KEY = "pms";
    public static final String SECRET = "secret";
    public static final String BUCKET = "archive";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(180);

    private final int port;

    private ObjectServer(int port) {
        this.port = port;
    }

    private static final class S3Proxy {
        static final ObjectServer SERVER = startS3Proxy();
    }

    private static final class S3Mock {
        static final ObjectServer SERVER = startS3Mock();
    }

    /** Checks credentials; creates atomically, but looks and replaces in two steps. */
    public static ObjectServer s3proxy() {
        return S3Proxy.SERVER;
    }

    /** Takes any credentials; looks and writes in two steps. */
    static ObjectServer s3mock() {
        return S3Mock.SERVER;
    }

    private static ObjectServer startS3Proxy() {
        int port = Ports.free();
        String settings =
                """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=transient
                """
                        .formatted(port, ACCESS_KEY, SECRET);
        try {
            Path file = Files.createTempFile("s3proxy-", ".properties");
            file.toFile().deleteOnExit();
            Files.writeString(file, settings);
            return start(port, "s3proxy", "--properties", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its second connector cannot be bound to one address, so it gets any port and is not used. */
    private static ObjectServer startS3Mock() {
        int port = Ports.free();
        return start(
                port,
                "s3mock",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--server.ssl.enabled=false",
                "--http.port=0");
    }

    private static ObjectServer start(int port, String name, String... arguments) {
        Path jar = Path.of("target", "object-servers", name + ".jar").toAbsolutePath();
        if (!Files.exists(jar))
            throw new IllegalStateException(jar + " is missing; mvn generate-test-resources");
        Process process = JavaProcess.ofJar(jar, List.of(arguments));
        Awaitility.await()
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .failFast(name + " ended", () -> !process.isAlive())
                .until(() -> accepts(port));
        ObjectServer server = new ObjectServer(port);
        try (S3Client client = S3Clients.open(server.settings())) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
        }
        return server;
    }

    public int port() {
        return port;
    }

    ObjectStoreSettings settings() {
        return settingsFor(port);
    }

    /** For this server behind another port. */
    public static ObjectStoreSettings settingsFor(int port) {
        return ObjectStoreSettings.defaults()
                .withEndpoint(URI.create("http://127.0.0.1:" + port))
                .withCredentials(ACCESS_KEY, SECRET);
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
