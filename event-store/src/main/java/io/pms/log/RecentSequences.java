package io.pms.log;

import io.pms.log.PreparedUnit.PreparedEvent;
import io.pms.log.PreparedUnit.StreamKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The sequences of aggregates that this process stored last. Clients that read an aggregate just
 * before it grew are told by them, where an attempt to store would fail a batch of others. What is
 * not here may be taken all the same.
 */
final class RecentSequences {
    /** Those of some ten batches: a client that is later than that is no common case. */
    private static final int MAX = 4_096;

    private final Set<StreamKey> keys =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<StreamKey, Boolean> eldest) {
                            return size() > MAX;
                        }
                    });

    void add(PreparedUnit unit) {
        for (PreparedEvent event : unit.events)
            if (event.stream() != null) keys.add(event.stream());
    }

    /** Whether something that it wants is taken. */
    boolean contains(PreparedUnit unit) {
        for (PreparedEvent event : unit.events)
            if (event.stream() != null && keys.contains(event.stream())) return true;
        return false;
    }

    void remove(PreparedUnit unit) {
        for (PreparedEvent event : unit.events)
            if (event.stream() != null) keys.remove(event.stream());
    }
}
