package io.pms.projection.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.entry.JsonEventTypes;
import io.pms.log.EventLog;
import io.pms.projection.Projection;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A runtime as a process has it, with connections of its own. */
final class TestWorker implements AutoCloseable {
    /** Retired builds go at once. */
    private static final Duration GRACE = Duration.ZERO;

    final Projections projections;
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final LettuceConnectionFactory factory;
    private final RedisNews news;
    private boolean crashed;

    TestWorker(
            List<Projection> known, boolean run, EventLog log, LettuceConnectionFactory factory) {
        this.factory = factory;
        this.news = new RedisNews(factory);
        this.projections =
                new Projections(
                        known, run, GRACE, log, new JsonEventTypes(), factory, news, meters);
        news.start();
        projections.start();
    }

    /** Ends without a word to anybody: what it held is free only when it expires. */
    void crash() {
        crashed = true;
        factory.destroy();
        try {
            projections.close();
        } catch (IllegalStateException e) {
            // it cannot say that it goes
        }
    }

    @Override
    public void close() {
        if (crashed) return;
        projections.close();
        news.close();
        factory.destroy();
    }
}
