package io.pms.relay;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Says in a line why publishing has ended. */
final class Reasons {
    private Reasons() {}

    static String of(RuntimeException failure) {
        if (!(failure instanceof KafkaException)) return message(failure);
        Throwable root = failure;
        while (root.getCause() != null) root = root.getCause();
        return root instanceof ProducerFencedException
                        || root instanceof InvalidProducerEpochException
                ? "another relay has begun to publish, or a transaction took too long"
                : "Kafka: " + message(root);
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
