package io.pms.objects;

import org.jspecify.annotations.Nullable;

/** What became of a write. */
public sealed interface PutOutcome {
    /** The bytes are there, durably: written now, or found when the condition did not hold. */
    record Stored(String version) implements PutOutcome {}

    /**
     * The condition did not hold; nothing was written by this call.
     *
     * @param found other bytes that were there right after; null when there were none (any more)
     */
    record Refused(@Nullable StoredObject found) implements PutOutcome {}
}
