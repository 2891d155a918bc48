package io.pms.projection;

import io.pms.entry.Entry;
import io.pms.entry.EventTypes;
import io.pms.entry.MalformedEntryException;
import io.pms.entry.UnknownEventTypeException;
import io.pms.log.EventLog;
import io.pms.log.Head;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One partition of a projection on its way along the log. Used by one thread at a time. */
final class PartitionFold {
    private static final Logger LOGGER = LoggerFactory.getLogger(PartitionFold.class);

    private final Projection projection;
    private final Partition partition;
    private final EventTypes types;
    private final PartitionStore store;
    private final Set<String> parked;
    private StoredPosition stored;

    private PartitionFold(
            Projection projection,
            Partition partition,
            EventTypes types,
            PartitionStore store,
            StoredPosition stored,
            Set<String> parked) {
        this.projection = projection;
        this.partition = partition;
        this.types = types;
        this.store = store;
        this.stored = stored;
        this.parked = new HashSet<>(parked);
    }

    /**
     * Goes on from what is stored, or from the beginning where that is nothing, of another log, or
     * beyond this one.
     *
     * @param log asked for its head after the position was read: what was stored a moment ago is
     *     never beyond it, however fast other workers are
     * @return null when another worker is preparing the partition
     */
    static @Nullable PartitionFold load(
            Projection projection,
            Partition partition,
            EventTypes types,
            PartitionStore store,
            EventLog log) {
        PartitionStore.Loaded loaded = store.load(partition);
        StoredPosition stored = loaded.position();
        Head head = log.head();
        if (stored != null && stored.isOf(head))
            return new PartitionFold(projection, partition, types, store, stored, loaded.parked());
        StoredPosition start = StoredPosition.start(head.origin(), head.size());
        return store.restart(partition, loaded.text(), start)
                ? new PartitionFold(projection, partition, types, store, start, Set.of())
                : null;
    }

    Partition partition() {
        return partition;
    }

    StoredPosition stored() {
        return stored;
    }

    int parked() {
        return parked.size();
    }

    /**
     * Writes what entries after the stored position say of this partition's tenants.
     *
     * @return false when another position is stored than this worker thought
     */
    boolean apply(List<Entry> entries) {
        long last = entries.getLast().position();
        if (last <= stored.position()) return true;
        Writes writes = new Writes(partition);
        for (Entry entry : entries) if (isNew(entry)) fold(entry, writes);
        StoredPosition next = stored.at(last);
        if (!store.apply(partition, stored, next, writes)) return false;
        stored = next;
        return true;
    }

    private boolean isNew(Entry entry) {
        String tenant = entry.tenant() == null ? "" : entry.tenant();
        return entry.position() > stored.position()
                && Partition.numberOf(tenant) == partition.number();
    }

    /** Whatever is wrong with an event concerns its aggregate; the others go on. */
    private void fold(Entry entry, Writes writes) {
        if (parked.contains(aggregate(entry))) return;
        int before = writes.size();
        try {
            Recorded recorded = new Recorded(entry, types.read(entry.type(), entry.data()));
            projection.apply(recorded, writes);
        } catch (UnknownEventTypeException | MalformedEntryException e) {
            park(entry, String.valueOf(e.getMessage()), writes);
        } catch (RuntimeException e) {
            LOGGER.error("projection {} failed", partition.projection(), e);
            writes.backTo(before);
            park(entry, e.toString(), writes);
        }
    }

    private void park(Entry entry, String reason, Writes writes) {
        LOGGER.error(
                "projection {} leaves out {} from position {} on: {}",
                partition.projection(),
                entry.subject(),
                entry.position(),
                reason);
        parked.add(aggregate(entry));
        writes.park(aggregate(entry), "position " + entry.position() + ": " + reason);
    }

    /** An event without an aggregate stands for itself. */
    private static String aggregate(Entry entry) {
        String tenant = entry.tenant() == null ? "" : entry.tenant();
        String id = entry.subject() == null ? entry.id() : entry.subject();
        return Partition.parkedField(tenant, id);
    }
}
