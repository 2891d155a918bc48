package io.pms.projection.runtime;

import io.pms.log.Head;
import org.jspecify.annotations.Nullable;

/**
 * How far a build has got. It is written in the same step as the data.
 *
 * @param origin {@linkplain Head#history() history} of the log that the data was made from; data of
 *     another one is worthless
 * @param position the last position applied, -1 before the first
 * @param until where the log ended when building began: before that it does not serve
 */
public record StoredPosition(String origin, long position, long until) {
    static StoredPosition start(Head head) {
        return new StoredPosition(head.history(), -1, head.size() - 1);
    }

    /** Whether it is a position of this log: of another history or beyond the head it is not. */
    boolean isOf(Head head) {
        return origin.equals(head.history()) && position < head.size();
    }

    StoredPosition at(long newPosition) {
        return new StoredPosition(origin, newPosition, until);
    }

    /** As it stands in Redis; the origin comes last because it may contain anything. */
    String text() {
        return position + " " + until + " " + origin;
    }

    /** Null when there is none or it is not understood: then the data is built again. */
    public static @Nullable StoredPosition parse(@Nullable String text) {
        if (text == null) return null;
        String[] parts = text.split(" ", 3);
        if (parts.length != 3) return null;
        try {
            return new StoredPosition(parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
