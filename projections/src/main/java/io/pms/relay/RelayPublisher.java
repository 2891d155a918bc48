package io.pms.relay;

import io.pms.entry.Entry;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes batches, each in a transaction that also carries the new position: consumers that read
 * committed records see all of a batch or nothing, and the position says which.
 */
final class RelayPublisher implements AutoCloseable {
    /** Bytes of entries a transaction, apart from its last one. */
    private static final int MAX_BYTES = 1 << 20;

    private final Producer<byte[], byte[]> producer;
    private final RelayNames names;
    private final IntConsumer counter;

    private RelayPublisher(
            Producer<byte[], byte[]> producer, RelayNames names, IntConsumer counter) {
        this.producer = producer;
        this.names = names;
        this.counter = counter;
    }

    /**
     * The one that may publish from now on. What others had under way has come to its end before
     * this returns, and they cannot publish any more.
     *
     * @param counter is told how many events each transaction had
     */
    static RelayPublisher begin(
            Producer<byte[], byte[]> producer, RelayNames names, IntConsumer counter) {
        RelayPublisher publisher = new RelayPublisher(producer, names, counter);
        try {
            producer.initTransactions();
            return publisher;
        } catch (RuntimeException e) {
            publisher.close();
            throw e;
        }
    }

    /**
     * Publishes the first of these entries, as many as fit into a transaction.
     *
     * <p>After an exception nothing is known of them, and this publisher is of no further use: the
     * next one ends its transaction and reads the position that counts.
     *
     * @param published what was published before
     * @param entries those after it
     * @return what is published now
     */
    RelayPosition publish(RelayPosition published, List<Entry> entries) {
        producer.beginTransaction();
        RelayPosition next = published;
        int bytes = 0;
        for (Entry entry : entries) {
            if (bytes >= MAX_BYTES) break;
            next = following(next, entry);
            ProducerRecord<byte[], byte[]> record =
                    EntryRecords.of(entry, names.entries(), next.partitions());
            var _ = producer.send(record); // when it fails, so does the commit
            bytes += record.value().length;
        }
        var _ = producer.send(record(next));
        producer.commitTransaction();
        counter.accept((int) (next.position() - published.position()));
        return next;
    }

    private static RelayPosition following(RelayPosition last, Entry entry) {
        if (entry.position() != last.position() + 1)
            throw new IllegalStateException(
                    "after position %d the log answered with %d"
                            .formatted(last.position(), entry.position()));
        return last.at(entry);
    }

    private ProducerRecord<byte[], byte[]> record(RelayPosition position) {
        return new ProducerRecord<>(
                names.positions(),
                names.position().partition(),
                RelayPosition.KEY,
                position.bytes());
    }

    /** What is under way is left to the next one, who ends it. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
