package io.pms.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.projection.TaskProjection;
import io.pms.projection.runtime.Projections;
import io.pms.projection.runtime.RedisNews;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Ours: the projection of tasks as a process of the platform builds it, from the start of that
 * process on an empty Redis until every organisation's queries show the whole log.
 */
final class Rebuild implements Subject {
    /** As the platform has it. */
    private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(3);

    /** MONITOR makes Redis slow; what was given up and repeated would be recorded twice. */
    private static final Duration RECORDED_REDIS_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Whoever needs longer will not come to an end. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final PmsStore log;
    private final BenchRedis redis;
    private final List<String> tenants;
    private final long tasks;

    /**
     * @param tenants in the log
     * @param tasks in the log
     */
    Rebuild(PmsStore log, BenchRedis redis, List<String> tenants, long tasks) {
        this.log = log;
        this.redis = redis;
        this.tenants = List.copyOf(tenants);
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return log.name();
    }

    @Override
    public Outcome round() throws InterruptedException {
        return Outcome.of(Measure.RATE, log.log().head().size() / seconds(REDIS_TIMEOUT));
    }

    /** Builds it with MONITOR on. */
    void recorded() throws InterruptedException {
        seconds(RECORDED_REDIS_TIMEOUT);
    }

    private double seconds(Duration redisTimeout) throws InterruptedException {
        redis.empty();
        LettuceConnectionFactory connections = connect(redisTimeout);
        RedisNews news = new RedisNews(connections);
        try (Projections projections = projections(connections, news)) {
            long start = System.nanoTime();
            news.start();
            projections.start();
            awaitAll(projections);
            double seconds = (System.nanoTime() - start) / 1e9;
            requireAllTasks();
            return seconds;
        } finally {
            news.close();
            connections.destroy();
        }
    }

    private LettuceConnectionFactory connect(Duration redisTimeout) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(
                        new RedisStandaloneConfiguration("127.0.0.1", redis.port()),
                        LettuceClientConfiguration.builder()
                                .commandTimeout(redisTimeout)
                                .shutdownTimeout(Duration.ZERO)
                                .build());
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    private Projections projections(LettuceConnectionFactory connections, RedisNews news) {
        return new Projections(
                List.of(new TaskProjection()),
                true,
                GRACE,
                log.log(),
                log.types(),
                connections,
                news,
                new SimpleMeterRegistry());
    }

    private void awaitAll(Projections projections) throws InterruptedException {
        long last = log.log().head().size() - 1;
        for (String name : projections.names())
            for (String tenant : tenants)
                if (!projections.await(name, tenant, last, LONGEST))
                    throw new IllegalStateException("not built: " + projections.status(name));
    }

    private void requireAllTasks() {
        long built = new ReadModel(redis).tasks();
        if (built != tasks)
            throw new IllegalStateException(name() + " has built " + built + " tasks of " + tasks);
    }
}
