package io.pms.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Follows the position topic: the last record of a committed transaction. */
final class CommittedPosition implements AutoCloseable {
    /** How far back the last record is looked for first; then ten times as far, and so on. */
    private static final long LOOK_BACK = 1_000;

    private static final Duration POLL = Duration.ofMillis(100);

    /** Some megabytes at most, as a rule a record. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> reader;
    private final TopicPartition partition;
    private @Nullable RelayPosition last;

    CommittedPosition(Consumer<byte[], byte[]> reader, TopicPartition partition) {
        this.reader = reader;
        this.partition = partition;
        reader.assign(List.of(partition));
    }

    /** As the topic is now, apart from transactions that are under way; null when there is none. */
    @Nullable RelayPosition look() {
        return look(offset(reader.endOffsets(List.of(partition))));
    }

    private long offset(Map<TopicPartition, Long> offsets) {
        return Objects.requireNonNull(offsets.get(partition));
    }

    /**
     * The last one before an offset.
     *
     * @param end the topic's end: what is still under way before it is waited for
     * @throws TimeoutException when a transaction stays open
     */
    @Nullable RelayPosition look(long end) {
        if (last != null) read(end);
        else findLast(end);
        return last;
    }

    private void findLast(long end) {
        long begin = offset(reader.beginningOffsets(List.of(partition)));
        long from = end;
        for (long back = LOOK_BACK; last == null && from > begin; back *= 10) {
            from = Math.max(begin, end - back);
            reader.seek(partition, from);
            read(end);
        }
    }

    private void read(long end) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (reader.position(partition) < end) {
            if (System.nanoTime() > deadline)
                throw new TimeoutException(
                        "a transaction on " + partition.topic() + " does not come to its end");
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) last = parsed(record);
        }
    }

    private static RelayPosition parsed(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        RelayPosition parsed = value == null ? null : RelayPosition.parse(value);
        if (parsed == null)
            throw new RelayRefusedException(
                    "the record %d of %s was not written by a relay; name another topic (PMS_KAFKA_TOPIC)"
                            .formatted(record.offset(), record.topic()));
        return parsed;
    }

    @Override
    public void close() {
        reader.close(CloseOptions.timeout(Duration.ZERO));
    }
}
