package io.pms.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Looks for events that consumers have seen, in a topic of which nothing else is known. */
final class CommittedEvents {
    private static final Duration POLL = Duration.ofMillis(100);

    /** Only what aborted transactions left has to be read over. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private CommittedEvents() {}

    static boolean exist(Consumer<byte[], byte[]> reader, String topic, int partitions) {
        List<TopicPartition> all =
                IntStream.range(0, partitions)
                        .mapToObj(each -> new TopicPartition(topic, each))
                        .toList();
        reader.assign(all);
        reader.seekToBeginning(all);
        Map<TopicPartition, Long> ends = reader.endOffsets(all);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (ends.entrySet().stream()
                .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            if (!reader.poll(POLL).isEmpty()) return true;
            if (System.nanoTime() > deadline)
                throw new TimeoutException("cannot read " + topic + " in time");
        }
        return false;
    }
}
