package io.pms.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * A Kafka broker of our own that is its own controller (KRaft), in a JVM of its own on 127.0.0.1.
 * It is for tests: it runs from the class path of this process, which must have {@code
 * org.apache.kafka:kafka_2.13}.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** 16 bytes in URL-safe Base64; any will do, because there is one node. */
    private static final String CLUSTER = "cG1zLXRlc3QtY2x1c3Rlcg";

    private final Path home;
    private final int port;
    private final int passwordPort;
    private ServerProcess process;

    private EmbeddedKafka(Path home, int port, Map<String, String> options) throws IOException {
        this.home = home;
        this.port = port;
        this.passwordPort = Ports.free();
        Map<String, String> all =
                properties(home.resolve("data"), port, passwordPort, Ports.free());
        all.putAll(options);
        Files.write(settings(), lines(all));
        format();
        this.process = launch();
    }

    /**
     * Starts a broker on a data directory, which is made when it is absent.
     *
     * @param port 0 for any free one
     * @param options of the broker, for example {@code message.max.bytes}; they replace ours
     * @throws IllegalStateException when the class path has no broker
     */
    public static EmbeddedKafka start(Path home, int port, Map<String, String> options) {
        if (EmbeddedKafka.class.getResource("/kafka/Kafka.class") == null)
            throw new IllegalStateException(
                    "the class path has no Kafka broker (org.apache.kafka:kafka_2.13)");
        try {
            Path absolute = home.toAbsolutePath();
            Files.createDirectories(absolute);
            return new EmbeddedKafka(absolute, port == 0 ? Ports.free() : port, options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare Kafka in " + home, e);
        }
    }

    private static Map<String, String> properties(
            Path data, int port, int passwordPort, int controllerPort) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,SASL_PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(port, passwordPort, controllerPort));
        all.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("sasl.enabled.mechanisms", "PLAIN");
        all.put(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_pms=\"secret\";");
        all.put("log.dirs", data.toString());
        all.put("auto.create.topics.enable", "false");
        // Else a broker that was killed is kept out for 9 s: its last life might still go on.
        all.put("broker.session.timeout.ms", "1000");
        all.put("broker.heartbeat.interval.ms", "200");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("group.min.session.timeout.ms", "500");
        // What groups and transactions are kept in; for a single node, and small.
        for (String topic : List.of("offsets.topic", "transaction.state.log")) {
            all.put(topic + ".replication.factor", "1");
            all.put(topic + ".num.partitions", "1");
        }
        all.put("transaction.state.log.min.isr", "1");
        return all;
    }

    private static List<String> lines(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
    }

    private ServerProcess launch() {
        ServerProcess started =
                ServerProcess.start(
                        "kafka", home, command("kafka.Kafka", settings().toString()), Map.of());
        started.awaitReady(() -> KafkaPing.answers(port), START_TIMEOUT);
        return started;
    }

    /** Made once: formatting takes a second, copying does not. */
    private void format() throws IOException {
        Path data = home.resolve("data");
        if (Files.exists(data)) return;
        Path formatted =
                Binaries.cached("kafka-" + version() + "-empty", EmbeddedKafka::formatFolder);
        Binaries.copy(formatted, data);
    }

    private static String version() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        EmbeddedKafka.class.getResourceAsStream(
                                "/kafka/kafka-version.properties"))) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }

    private static void formatFolder(Path folder) throws IOException {
        Path settings = Files.createTempFile("pms-kafka-", ".properties");
        try {
            Files.write(settings, lines(properties(folder, 1, 2, 3)));
            DatabaseProgram.run(
                    new ProcessBuilder(
                            command(
                                    "kafka.tools.StorageTool",
                                    "format",
                                    "--cluster-id",
                                    CLUSTER,
                                    "--config",
                                    settings.toString())));
        } finally {
            Files.delete(settings);
        }
    }

    private Path settings() {
        return home.resolve("server.properties");
    }

    private static List<String> command(String... program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=io/pms/embedded/kafka-logback.xml",
                        "-cp",
                        System.getProperty("java.class.path")));
        command.addAll(List.of(program));
        return command;
    }

    public int port() {
        return port;
    }

    /** What clients call {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The same for those who authenticate as {@code pms} with {@code secret} (SASL, PLAIN). */
    public String passwordBootstrapServers() {
        return "127.0.0.1:" + passwordPort;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the broker at once, as a power cut would. */
    public void kill() {
        process.kill();
    }

    /** Stops it from running without ending it; {@link #resume} goes on. */
    public void suspend() {
        process.signal("STOP");
    }

    public void resume() {
        process.signal("CONT");
    }

    /** Starts it again after {@link #kill} or {@link #close}, on the same port and data. */
    public void restart() {
        if (process.isAlive()) process.stop();
        process = launch();
    }

    /** Stops it in order. */
    @Override
    public void close() {
        process.stop();
    }
}
