package io.pms.entry;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Entry} whose texts are UTF-8 already: what its encoding is made of. Nothing is checked
 * here, so that bytes which are not UTF-8 after all are encoded as they are and hash to something
 * else.
 */
public record RawEntry(
        int logId,
        long position,
        long recordedTimeMicros,
        long timeMicros,
        byte[] id,
        byte[] type,
        byte @Nullable [] subject,
        long sequence,
        byte @Nullable [] tenant,
        byte @Nullable [] actor,
        byte @Nullable [] commandId,
        byte @Nullable [] correlationId,
        byte @Nullable [] causationId,
        byte @Nullable [] traceparent,
        byte @Nullable [] metadata,
        byte @Nullable [] dataContentType,
        byte[] data) {

    /**
     * @throws IllegalArgumentException for a surrogate without its other half, which UTF-8 cannot
     *     say
     */
    static RawEntry of(Entry entry) {
        UUID command = entry.commandId();
        return new RawEntry(
                entry.logId(),
                entry.position(),
                entry.recordedTimeMicros(),
                entry.timeMicros(),
                required(entry.id()),
                required(entry.type()),
                utf8(entry.subject()),
                entry.sequence(),
                utf8(entry.tenant()),
                utf8(entry.actor()),
                command == null ? null : BinaryId.toUtf8(command),
                utf8(entry.correlationId()),
                utf8(entry.causationId()),
                utf8(entry.traceparent()),
                utf8(entry.metadata()),
                utf8(entry.dataContentType()),
                entry.data());
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : required(text);
    }

    private static byte[] required(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (!Character.isSupplementaryCodePoint(text.codePointAt(i)))
                throw new IllegalArgumentException("a lone surrogate at character " + i);
            i++;
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
