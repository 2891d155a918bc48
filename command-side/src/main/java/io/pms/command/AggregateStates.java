package io.pms.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.pms.command.project.Projects;
import io.pms.log.EventLog;
import io.pms.log.EventLog.Change;
import io.pms.log.LogUnavailableException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process remembers of aggregates, kept from going stale: the log's tail tells what
 * others changed, and a refusal or a conflict forgets it at once. {@code
 * docs/adr/0005-caches-never-refuse.md} says why that is enough.
 */
final class AggregateStates implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AggregateStates.class);
    private static final int BATCH = 2_000;

    private final org.axonframework.common.caching.Cache cache;
    private final Projects projects;
    private final EventLog log;
    private final Cache<String, Long> known;
    private final Thread follower;
    private volatile boolean closed;

    AggregateStates(
            org.axonframework.common.caching.Cache cache,
            Projects projects,
            EventLog log,
            int maxEntries) {
        this.cache = cache;
        this.projects = projects;
        this.log = log;
        this.known = Caffeine.newBuilder().maximumSize(maxEntries).build();
        this.follower = Thread.ofVirtual().name("aggregate-states").unstarted(this::follow);
    }

    void start() {
        follower.start();
    }

    /**
     * This process is about to change the aggregate: the tail may tell of it before the append
     * returns, and that is no news. To be followed by {@link #changedHere} or {@link #forget}.
     */
    void changingHere(String aggregateId) {
        known.put(aggregateId, Long.MAX_VALUE);
    }

    /**
     * This process took the aggregate so far itself; what the tail says of it up to there is no
     * news.
     */
    void changedHere(String aggregateId, long sequence) {
        known.put(aggregateId, sequence);
    }

    /** Whether a decision about it may have been made on a state that is remembered. */
    boolean remembers(String aggregateId) {
        return cache.containsKey(aggregateId);
    }

    void forget(String aggregateId) {
        cache.remove(aggregateId);
        known.invalidate(aggregateId);
        projects.forget(aggregateId);
    }

    private void follow() {
        long position = -1;
        while (!closed) {
            try {
                if (position < 0) position = log.head().size();
                log.awaitBeyond(position, java.time.Duration.ofSeconds(5));
                List<Change> changes = log.changes(position, BATCH);
                for (Change change : changes) take(change);
                position += changes.size();
            } catch (LogUnavailableException e) {
                LOGGER.debug("the tail cannot be read; refusals are decided again anyway", e);
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void take(Change change) {
        String aggregateId = change.aggregateId();
        if (aggregateId == null) return;
        Long sequence = known.getIfPresent(aggregateId);
        projects.forget(aggregateId);
        if (sequence == null || sequence < change.sequence()) cache.remove(aggregateId);
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        follower.interrupt();
    }
}
