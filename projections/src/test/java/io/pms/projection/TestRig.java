package io.pms.projection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import io.pms.entry.JsonEventTypes;
import io.pms.log.DatabaseUrl;
import io.pms.log.EventLog;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A fresh log, a Redis of its own and any number of projections' runtimes on them. */
final class TestRig implements AutoCloseable {
    static final List<Projection> PROJECTIONS =
            List.of(
                    new TaskProjection(),
                    new ProjectProjection(),
                    new PersonProjection(),
                    new ActivityProjection());

    private static final ClientResources RECONNECTS_SOON =
            ClientResources.builder()
                    .reconnectDelay(
                            Delay.exponential(
                                    Duration.ofMillis(10),
                                    Duration.ofMillis(300),
                                    2,
                                    TimeUnit.MILLISECONDS))
                    .build();

    final Path home = SharedServers.temporary("rig");
    final EmbeddedRedis server;
    final StringRedisTemplate redis;
    final MysqlEventLog log = freshLog();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    TestRig(String... redisOptions) {
        server = EmbeddedRedis.start(home, 0, List.of(redisOptions));
        redis = connect();
    }

    static MysqlEventLog freshLog() {
        SharedServers.Database database = SharedServers.freshDatabase();
        DatabaseUrl application = DatabaseUrl.parse(database.applicationUrl());
        LogSchema.migrate(DatabaseUrl.parse(database.ownerUrl()), application, 0);
        return MysqlEventLog.open(application, LogSettings.defaults());
    }

    /** A connection that gives up early, as one in production does. */
    StringRedisTemplate connect() {
        LettuceConnectionFactory factory =
                new LettuceConnectionFactory(
                        new RedisStandaloneConfiguration("127.0.0.1", server.port()),
                        LettuceClientConfiguration.builder()
                                .clientResources(RECONNECTS_SOON)
                                .commandTimeout(Duration.ofSeconds(1))
                                .shutdownTimeout(Duration.ZERO)
                                .clientOptions(
                                        ClientOptions.builder()
                                                .disconnectedBehavior(
                                                        ClientOptions.DisconnectedBehavior
                                                                .REJECT_COMMANDS)
                                                .build())
                                .build());
        factory.afterPropertiesSet();
        factory.start();
        opened.push(factory::destroy);
        return new StringRedisTemplate(factory);
    }

    Projections run() {
        return run(log, redis);
    }

    /** Feeds every projection, as the autoconfiguration does. */
    Projections run(EventLog source, StringRedisTemplate connection) {
        return run(PROJECTIONS, source, connection);
    }

    Projections run(List<Projection> projections, EventLog source, StringRedisTemplate connection) {
        Projections running = projections(projections, true, source, connection);
        running.start();
        opened.push(running);
        return running;
    }

    static Projections projections(
            List<Projection> projections,
            boolean run,
            EventLog source,
            StringRedisTemplate connection) {
        return new Projections(
                projections,
                run,
                source,
                new JsonEventTypes(),
                connection,
                new SimpleMeterRegistry());
    }

    long append(NewEvent... events) {
        return append(List.of(events));
    }

    long append(List<NewEvent> events) {
        return log.append(new Unit(events, null)).join().lastPosition();
    }

    /** Every partition of every projection. */
    static List<Partition> partitions() {
        List<Partition> all = new ArrayList<>();
        for (Projection projection : PROJECTIONS)
            for (int number = 0; number < Partition.COUNT; number++)
                all.add(Partition.of(projection, number));
        return all;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) opened.pop().close();
        log.close();
        server.close();
    }
}
