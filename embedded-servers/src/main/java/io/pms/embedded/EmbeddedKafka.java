package io.pms.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A Kafka broker of our own that is its own controller (KRaft), in a JVM of its own on 127.0.0.1.
 * It is for tests: it runs from the class path of this process, which must have {@code
 * org.apache.kafka:kafka_2.13}.
 */
public final class EmbeddedKafka extends EmbeddedServer {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** 16 bytes in URL-safe Base64; any will do, because there is one node. */
    private static final String CLUSTER = "cG1zLXRlc3QtY2x1c3Rlcg";

    /**
     * For a single node, and small. A broker that was killed is kept out for 9 s, because its last
     * life might still go on: whoever kills it may say less.
     */
    private static final String SETTINGS =
            """
            process.roles=broker,controller
            node.id=1
            log.dirs=%s
            listeners=PLAINTEXT://127.0.0.1:%d,SASL_PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
            controller.listener.names=CONTROLLER
            controller.quorum.voters=1@127.0.0.1:%d
            sasl.enabled.mechanisms=PLAIN
            listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_pms="secret";
            authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
            super.users=User:ANONYMOUS
            auto.create.topics.enable=false
            broker.session.timeout.ms=9000
            broker.heartbeat.interval.ms=200
            group.initial.rebalance.delay.ms=0
            group.min.session.timeout.ms=500
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.num.partitions=1
            transaction.state.log.min.isr=1
            """;

    private final Path home;
    private final int passwordPort;

    private EmbeddedKafka(Path home, int port, Map<String, String> options) throws IOException {
        super(port);
        this.home = home;
        this.passwordPort = Ports.free();
        Files.writeString(
                settings(),
                settings(home.resolve("data"), port(), passwordPort, Ports.free())
                        + lines(options));
        format();
        begin();
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
            return new EmbeddedKafka(absolute, port, options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare Kafka in " + home, e);
        }
    }

    private static String settings(Path data, int port, int passwordPort, int controllerPort) {
        return SETTINGS.formatted(data, port, passwordPort, controllerPort, controllerPort);
    }

    private static String lines(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue() + "\n")
                .collect(Collectors.joining());
    }

    @Override
    ServerProcess launch() {
        ServerProcess started =
                ServerProcess.start(
                        "kafka", home, command("kafka.Kafka", settings().toString()), Map.of());
        started.awaitReady(() -> KafkaPing.answers(port()), START_TIMEOUT);
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
            Files.writeString(settings, settings(folder, 1, 2, 3));
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

    /** What clients call {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    /**
     * The same for those who authenticate as {@code pms} with {@code secret} (SASL, PLAIN). They
     * may do what they are granted; those who do not authenticate may do everything.
     */
    public String passwordBootstrapServers() {
        return "127.0.0.1:" + passwordPort;
    }
}
