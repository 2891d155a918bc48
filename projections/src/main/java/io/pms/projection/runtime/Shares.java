package io.pms.projection.runtime;

import io.lettuce.core.RedisException;
import io.pms.log.EventLog;
import io.pms.log.LogUnavailableException;
import io.pms.projection.Projection;
import io.pms.projection.runtime.AppliedPositions.Place;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process feeds of all projections. Its leases are kept by a thread of its own that waits
 * for no answer of Redis: a node of a cluster that hangs costs nobody a partition on another one.
 * Who cannot read the log keeps none, but leaves them to those who can. Except for that, for one
 * thread.
 */
final class Shares implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Shares.class);
    private static final Duration RENEW_EVERY = Duration.ofMillis(500);

    private final Versions versions;
    private final EventLog log;
    private final Map<Projection, Leases> leases = new LinkedHashMap<>();
    private final Thread renewing;
    private volatile boolean closed;

    /**
     * @param me what this process is called among those that feed projections
     */
    Shares(Versions versions, EventLog log, RedisLink link, String me) {
        this.versions = versions;
        this.log = log;
        for (Projection each : versions.all()) leases.put(each, new Leases(link, each, me));
        this.renewing = Thread.ofVirtual().name("projections-leases").unstarted(this::renew);
    }

    void start() {
        renewing.start();
    }

    private void renew() {
        try {
            while (!closed) {
                try {
                    log.head();
                    leases.values().forEach(Leases::renew);
                } catch (RuntimeException | Error e) {
                    LOGGER.debug("leases are not renewed", e); // who looks meets it too, and tells
                }
                TimeUnit.NANOSECONDS.sleep(RENEW_EVERY.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    /**
     * Gives and takes until it has its share.
     *
     * @param looked partitions whose part of Redis answers; the others stay as they are
     * @param refused told, by projection, why what is to be had cannot be
     */
    void balance(List<Looked> looked, BiConsumer<String, Throwable> refused) {
        leases.forEach((projection, lease) -> {
            lease.balance(answering(projection, looked), each -> isWanted(projection, each));
            Throwable refusal = lease.refusal();
            if (refusal != null) refused.accept(projection.name(), refusal);
        });
    }

    private static List<Looked> answering(Projection projection, List<Looked> looked) {
        return looked.stream()
                .filter(each -> each.partition().projection().equals(projection.name()))
                .toList();
    }

    /** An older version is fed as long as the newest does not serve, and never begun. */
    private boolean isWanted(Projection projection, Looked looked) {
        return versions.isNewest(projection)
                || (looked.serving(versions.newest(projection.name()).version()) == null
                        && looked.serving(projection.version()) != null);
    }

    /**
     * @param its told of every place whether it is this process's
     */
    void forEach(BiConsumer<Place, Boolean> its) {
        leases.forEach((projection, lease) -> {
            for (Partition partition : versions.partitions(projection.name()))
                its.accept(
                        new Place(partition, projection.version()),
                        lease.held().contains(partition.number()));
        });
    }

    /** Gives everything back. */
    @Override
    public void close() {
        closed = true;
        renewing.interrupt();
        try {
            renewing.join(Duration.ofSeconds(10));
            leases.values().forEach(Leases::close);
        } catch (RedisException | LogUnavailableException e) {
            // they end by themselves
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
