package io.pms.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.embedded.EmbeddedKafka;
import io.pms.embedded.Ports;
import io.pms.embedded.SharedServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Relays, one of them in a process of its own, and a broker, that are killed and stopped at random
 * moments. In the end a consumer must find every event once. {@code -Dpms.seed} repeats the
 * disturbances, {@code -Dpms.seconds} makes them last longer.
 */
class RelayFaultsTest {
    private final long seed = Long.getLong("pms.seed", System.nanoTime());
    private final Duration duration = Duration.ofSeconds(Integer.getInteger("pms.seconds", 3));
    private final Random random = new Random(seed);
    private final List<String> disturbances = new ArrayList<>();
    private final int port = Ports.free();
    private final RelayRig rig = RelayRig.impatient(TestLog.fresh(), "127.0.0.1:" + port);
    private final StoppableLog log = new StoppableLog(rig.log);
    private final RelayProcess process = RelayProcess.start(rig);
    private Relay relay = rig.run(log.reader());
    private EmbeddedKafka kafka;

    RelayFaultsTest() {
        System.out.println("pms.seed=" + seed);
    }

    @AfterEach
    void close() throws Exception {
        log.goOn();
        process.close();
        rig.close();
        rig.log.close();
        if (kafka != null) kafka.close();
    }

    @Test
    void everyEventIsPublishedOnceWhateverBreaksMeanwhile() {
        long last = rig.appendSome(500);
        await().atMost(RelayRig.LONG).until(() -> relay.status().failure() != null);
        assertThat(relay.status().failure()).as("there is no broker yet").startsWith("Kafka: ");
        kafka =
                EmbeddedKafka.start(
                        SharedServers.temporary("faults"),
                        port,
                        Map.of("broker.session.timeout.ms", "1000"));
        rig.awaitPublished(relay, last);
        await().atMost(RelayRig.LONG).until(() -> relay.status().failure() == null);
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            rig.appendSome(1 + random.nextInt(1_000));
            disturb();
        }
        process.signal("CONT");
        log.goOn();
        rig.awaitPublished(rig.run(), rig.log.head().size() - 1);
        report();
        rig.published().isExactly(rig.log);
    }

    private void disturb() {
        switch (random.nextInt(8)) {
            case 0 -> {
                disturbances.add("stop the process");
                process.signal("STOP");
            }
            case 1 -> {
                disturbances.add("wake the process");
                process.signal("CONT");
            }
            case 2 -> {
                disturbances.add("stop in a transaction");
                log.stopAt(random.nextInt(100));
            }
            case 3 -> {
                disturbances.add("go on");
                log.goOn();
            }
            case 4 -> {
                disturbances.add("another relay");
                log.goOn();
                relay.close();
                relay = rig.run(log.reader());
            }
            case 5 -> {
                disturbances.add("kill the broker");
                kafka.kill();
                rig.appendSome(random.nextInt(500));
                kafka.restart();
            }
            case 6 -> {
                disturbances.add("stop the broker");
                kafka.suspend();
                sleep(random.nextInt(1_500));
                kafka.resume();
            }
            default -> sleep(random.nextInt(500));
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void report() {
        int all = Published.everything(rig.bootstrapServers, rig.names.entries()).records().size();
        long events = rig.log.head().size();
        System.out.printf(
                "%d events, %d records of aborted transactions, disturbances %s%n",
                events, all - events, disturbances);
    }
}
