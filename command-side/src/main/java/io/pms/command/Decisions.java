package io.pms.command;

import io.pms.log.axon.EventMetadata;
import java.util.UUID;
import org.axonframework.messaging.MetaData;

/** Reads what surrounds a decision from a command message. */
public final class Decisions {
    private Decisions() {}

    public static Decision of(MetaData metaData) {
        return new Decision(
                UUID.fromString(text(metaData, EventMetadata.COMMAND_ID)),
                tenant(metaData),
                text(metaData, EventMetadata.ACTOR));
    }

    public static String tenant(MetaData metaData) {
        return text(metaData, EventMetadata.TENANT);
    }

    private static String text(MetaData metaData, String key) {
        Object value = metaData.get(key);
        if (value == null) throw new IllegalArgumentException("a command message without " + key);
        return value.toString();
    }
}
