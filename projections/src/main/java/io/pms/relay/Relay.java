package io.pms.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.pms.log.EventLog;
import io.pms.log.EventLog.Subscription;
import io.pms.relay.RelayStatus.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes every entry of a log to a Kafka topic: a consumer that reads committed records gets
 * each event exactly once, and the events of an aggregate in their order. Any number of processes
 * may run one for the same log: one of them publishes, the others are ready to. Thread-safe.
 *
 * <p>Commands never wait for it. Whatever fails is tried again from what Kafka has recorded.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Relay.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** A batch that is under way comes to its end meanwhile, or to its client's patience. */
    private static final Duration END_OF_BATCH = Duration.ofSeconds(15);

    /** Long enough to leave the group in order. */
    private static final Duration END_OF_WAITING = Duration.ofSeconds(2);

    private final EventLog log;
    private final KafkaClients clients;
    private final RelayNames names;
    private final int partitions;
    private final RelayProgress progress;
    private final RelayMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Subscription sizes;

    /**
     * @param partitions of the topic where the relay makes it
     */
    Relay(
            EventLog log,
            KafkaClients clients,
            RelayNames names,
            int partitions,
            InstantSource clock,
            MeterRegistry meters) {
        this.log = log;
        this.clients = clients;
        this.names = names;
        this.partitions = partitions;
        this.progress = new RelayProgress(names.entries(), clock);
        this.metrics = new RelayMetrics(meters, progress::status);
        // Not a virtual one: a consumer that waits in select() would hold on to its carrier.
        this.thread = Thread.ofPlatform().daemon().name("relay").unstarted(this::run);
    }

    void start() {
        sizes = log.subscribe(progress::logHas);
        thread.start();
    }

    public RelayStatus status() {
        return progress.status();
    }

    private void run() {
        try {
            while (!isClosing()) {
                tryOnce();
                closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void tryOnce() throws InterruptedException {
        try {
            progress.lookAt(log);
            session();
        } catch (RelayRefusedException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(progress.failure()))
                LOGGER.error("nothing is published: {}", reason);
            failed(State.REFUSED, reason);
        } catch (RuntimeException e) {
            // Kafka or the database does not answer; and whatever else it is, a relay never ends.
            if (isClosing()) return;
            if (progress.failure() == null)
                LOGGER.warn("the relay cannot go on; it tries again", e);
            failed(State.CONNECTING, Reasons.of(e));
        }
    }

    private void failed(State state, String reason) {
        Duration longer = pause.multipliedBy(2);
        if (progress.failure() == null) pause = FIRST_PAUSE;
        else pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        progress.failing(state, reason);
        metrics.failed();
    }

    private void session() throws InterruptedException {
        try (KafkaTopics topics = new KafkaTopics(clients.admin())) {
            RelayChecks checks = new RelayChecks(log, clients, topics, names, partitions);
            checks.requirePositionTopic();
            try (CommittedPosition committed =
                            new CommittedPosition(clients.reader(), names.position());
                    RelayMembership membership =
                            new RelayMembership(clients.member(names.group()), names.position());
                    RelaySession session =
                            new RelaySession(
                                    log,
                                    checks,
                                    committed,
                                    membership,
                                    this::publisher,
                                    progress)) {
                session.run(this::isClosing);
            }
        }
    }

    private RelayPublisher publisher() {
        return RelayPublisher.begin(
                clients.producer(names.transactionalId()), names, metrics::published);
    }

    @Override
    public void close() {
        closing.countDown();
        if (sizes != null) sizes.close();
        boolean publishes = status().state() == State.ACTIVE;
        try {
            if (!thread.join(publishes ? END_OF_BATCH : END_OF_WAITING)) {
                thread.interrupt();
                thread.join(END_OF_WAITING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
