package io.pms.relay;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A place in the group of relays. The group gives its one partition to one of them, which is the
 * one to publish. That is an arrangement and no guarantee: who was stopped for long still thinks so
 * when it wakes.
 */
final class RelayMembership implements AutoCloseable {
    /** Leaving is a courtesy: without it the others wait for the session's end. */
    private static final Duration LEAVE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> member;
    private final TopicPartition partition;

    RelayMembership(Consumer<byte[], byte[]> member, TopicPartition partition) {
        this.member = member;
        this.partition = partition;
        member.subscribe(List.of(partition.topic()));
    }

    /** Takes part in the group, and answers whether this member is the one. */
    boolean isChosen(Duration wait) {
        member.poll(wait);
        member.pause(member.assignment()); // what is in the partition is read elsewhere
        return member.assignment().contains(partition);
    }

    @Override
    public void close() {
        member.close(CloseOptions.timeout(LEAVE));
    }
}
