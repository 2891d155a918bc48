package io.pms.projection.runtime;

import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.entry.MalformedEntryException;
import io.pms.entry.UnknownEventTypeException;
import io.pms.projection.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * An entry on its way to the partitions: decoded once, whoever takes it.
 *
 * @param recorded null when its event cannot be read
 * @param failure why it cannot
 * @param partition the number of its tenant's partition
 */
record Decoded(Entry entry, @Nullable Recorded recorded, @Nullable String failure, int partition) {
    static Decoded of(Entry entry, EventTypes types) {
        int partition = Partition.numberOf(tenant(entry));
        try {
            Recorded recorded = new Recorded(entry, types.read(entry.type(), entry.data()));
            return new Decoded(entry, recorded, null, partition);
        } catch (UnknownEventTypeException | MalformedEntryException e) {
            return new Decoded(entry, null, String.valueOf(e.getMessage()), partition);
        } catch (RuntimeException | Error e) {
            if (!mayBeOfTheEvent(e)) throw e;
            // An upcaster has a defect: that concerns this event and nobody else's.
            return new Decoded(entry, null, e.toString(), partition);
        }
    }

    /** Whether an event may be to blame for what failed with it, and not the machine below. */
    static boolean mayBeOfTheEvent(Throwable failure) {
        return !(failure instanceof VirtualMachineError) || failure instanceof StackOverflowError;
    }

    long position() {
        return entry.position();
    }

    String tenant() {
        return tenant(entry);
    }

    private static String tenant(Entry entry) {
        return entry.tenant() == null ? "" : entry.tenant();
    }

    /** An event without an aggregate stands for itself. */
    String aggregateId() {
        return entry.subject() == null ? entry.id() : entry.subject();
    }

    /** Its {@link Partition#parkedField}. */
    String parkedField() {
        return Partition.parkedField(tenant(), aggregateId());
    }
}
