package io.pms.relay;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.embedded.SharedServers;
import io.pms.log.EventLog;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A log, topics of its own in a broker, and any number of relays between them. */
final class RelayRig implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(90);
    static final int PARTITIONS = 4;

    /** Shorter than in production, so that tests need not wait for what is given up or missed. */
    private static final Map<String, String> PATIENT =
            Map.of(
                    "session.timeout.ms", "6000",
                    "heartbeat.interval.ms", "150",
                    "max.poll.interval.ms", "60000",
                    "request.timeout.ms", "10000",
                    "default.api.timeout.ms", "30000",
                    "delivery.timeout.ms", "30000",
                    "max.block.ms", "30000");

    /** So short that a busy machine is taken for a broken one, which must do no harm. */
    private static final Map<String, String> IMPATIENT =
            Map.of(
                    "session.timeout.ms", "1000",
                    "heartbeat.interval.ms", "150",
                    "max.poll.interval.ms", "3000",
                    "request.timeout.ms", "1000",
                    "default.api.timeout.ms", "2000",
                    "delivery.timeout.ms", "2000",
                    "max.block.ms", "2000");

    private static final AtomicInteger TOPICS = new AtomicInteger();

    final RelayNames names = new RelayNames("test.events." + TOPICS.incrementAndGet());
    final String logUrl;
    final MysqlEventLog log;
    final String bootstrapServers;
    final boolean isImpatient;
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private RelayRig(TestLog log, String bootstrapServers, boolean isImpatient) {
        this.logUrl = log.url();
        this.log = log.log();
        this.bootstrapServers = bootstrapServers;
        this.isImpatient = isImpatient;
    }

    /** Whose clients give up soon. */
    static RelayRig impatient(TestLog log, String bootstrapServers) {
        return new RelayRig(log, bootstrapServers, true);
    }

    /** On the log and the broker that tests share. */
    RelayRig() {
        this(TestLog.shared(), SharedServers.kafka().bootstrapServers(), false);
    }

    Relay run() {
        return run(log);
    }

    Relay run(EventLog source) {
        return run(source, new SimpleMeterRegistry());
    }

    Relay run(EventLog source, MeterRegistry registry) {
        Relay relay = relay(source, clients(), names, registry);
        opened.push(relay);
        relay.start();
        return relay;
    }

    static Relay relay(
            EventLog source, KafkaClients clients, RelayNames names, MeterRegistry registry) {
        return new Relay(source, clients, names, PARTITIONS, InstantSource.system(), registry);
    }

    KafkaClients clients() {
        return clients(bootstrapServers, isImpatient);
    }

    static KafkaClients clients(String bootstrapServers, boolean isImpatient) {
        return new KafkaClients(bootstrapServers, isImpatient ? IMPATIENT : PATIENT);
    }

    Published published() {
        return Published.committed(bootstrapServers, names.entries());
    }

    /** The next event of an aggregate, which is this rig's own. */
    NewEvent event(@Nullable String name, String data) {
        String aggregate = name == null ? null : names.entries() + "/" + name;
        long sequence =
                aggregate == null ? 0 : sequences.merge(aggregate, 0L, (old, zero) -> old + 1);
        return new NewEvent(
                null,
                "pms.test.Happened.v1",
                aggregate,
                sequence,
                1_700_000_000_000_000L,
                "acme",
                "ann",
                null,
                null,
                null,
                null,
                null,
                data.getBytes(StandardCharsets.UTF_8));
    }

    /** The last position. */
    long append(NewEvent... events) {
        return log.append(new Unit(Arrays.asList(events), null)).join().lastPosition();
    }

    /** One event each, in units of 100. */
    long appendSome(int count) {
        long last = -1;
        for (int from = 0; from < count; from += 100) {
            NewEvent[] events = new NewEvent[Math.min(100, count - from)];
            for (int i = 0; i < events.length; i++)
                events[i] = event("aggregate-" + (from + i) % 37, "{\"n\":" + (from + i) + "}");
            last = append(events);
        }
        return last;
    }

    /** A commit is answered before its markers have reached every partition. */
    void awaitPublished(Relay relay, long position) {
        await().alias(relay.status().toString())
                .atMost(LONG)
                .until(() -> relay.status().position() >= position);
        await().atMost(LONG).until(() -> published().records().size() > position);
    }

    static void awaitState(Relay relay, RelayStatus.State state) {
        await().alias(relay.status().toString())
                .atMost(LONG)
                .until(() -> relay.status().state() == state);
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) opened.pop().close();
    }
}
