package io.pms.relay;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where publishing is, as this process's relay knows it.
 *
 * @param topic that the entries go to
 * @param position the last position published by whichever process, -1 before the first and as long
 *     as it is not known
 * @param size how many events the log has
 * @param lagSeconds age of the oldest event that is not published, 0 when all are
 * @param failure why it does not go on just now; null when it does
 */
public record RelayStatus(
        State state,
        String topic,
        long position,
        long size,
        double lagSeconds,
        @Nullable String failure) {
    /** What a relay does. */
    public enum State {
        /** It looks for Kafka, the first time or again. */
        CONNECTING,
        /** Another one publishes, and this one is ready to. */
        STANDBY,
        /** It publishes. */
        ACTIVE,
        /** It must not publish before somebody puts right what {@code failure} says. */
        REFUSED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Events that are in the log but not yet published. */
    public long lagEvents() {
        return Math.max(0, size - 1 - position);
    }
}
