package io.pms.projection.runtime;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.EmbeddedRedisCluster;
import io.pms.embedded.SharedServers;
import io.pms.event.PersonalTexts;
import io.pms.log.DatabaseUrl;
import io.pms.log.EventLog;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import io.pms.projection.ActivityProjection;
import io.pms.projection.PersonProjection;
import io.pms.projection.ProjectProjection;
import io.pms.projection.Projection;
import io.pms.projection.TaskProjection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A fresh log, a Redis of its own and any number of projections' runtimes on them. */
final class TestRig implements AutoCloseable {
    static final List<Projection> PROJECTIONS =
            List.of(
                    new TaskProjection(),
                    new ProjectProjection(),
                    new PersonProjection(PersonalTexts.CLEAR_ONLY),
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

    /** The only server, or the nodes of a cluster. */
    final List<EmbeddedRedis> servers;

    final RedisLink link;
    final BuildStore store;
    final MysqlEventLog log;
    private final RedisConfiguration configuration;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private TestRig(
            MysqlEventLog log, RedisConfiguration configuration, List<EmbeddedRedis> servers) {
        this.log = log;
        this.configuration = configuration;
        this.servers = List.copyOf(servers);
        for (EmbeddedRedis server : servers) opened.push(server);
        opened.push(log);
        LettuceConnectionFactory factory = connect(Duration.ofSeconds(30));
        opened.push(factory::destroy);
        link = new RedisLink(factory);
        opened.push(link);
        store = new BuildStore(link, "test");
    }

    static TestRig single(String... redisOptions) {
        return single(freshLog(), redisOptions);
    }

    static TestRig single(MysqlEventLog log, String... redisOptions) {
        EmbeddedRedis server =
                EmbeddedRedis.start(SharedServers.temporary("rig"), 0, List.of(redisOptions));
        return new TestRig(
                log, new RedisStandaloneConfiguration("127.0.0.1", server.port()), List.of(server));
    }

    static TestRig cluster(MysqlEventLog log) {
        return cluster(
                log, EmbeddedRedisCluster.start(SharedServers.temporary("cluster"), 3, List.of()));
    }

    static TestRig cluster(MysqlEventLog log, EmbeddedRedisCluster cluster) {
        TestRig rig =
                new TestRig(
                        log, new RedisClusterConfiguration(cluster.addresses()), cluster.nodes());
        rig.opened.addLast(cluster);
        return rig;
    }

    /** Commands to Redis as the tests see it. */
    RedisClusterAsyncCommands<String, String> redis() {
        return link.commands();
    }

    static MysqlEventLog freshLog() {
        SharedServers.Database database = SharedServers.freshDatabase();
        return log(database.ownerUrl(), database.applicationUrl());
    }

    /** A log on a server of its own, which may be killed. */
    static MysqlEventLog log(EmbeddedDatabase server) {
        return log(
                server.url("pms", EmbeddedDatabase.OWNER),
                server.url("pms", EmbeddedDatabase.APPLICATION));
    }

    private static MysqlEventLog log(String ownerUrl, String applicationUrl) {
        DatabaseUrl application = DatabaseUrl.parse(applicationUrl);
        LogSchema.migrate(DatabaseUrl.parse(ownerUrl), application, 0);
        return MysqlEventLog.open(application, LogSettings.defaults());
    }

    /** A connection that gives up early, as one in production does. */
    private LettuceConnectionFactory impatient() {
        return connect(Duration.ofSeconds(1));
    }

    private LettuceConnectionFactory connect(Duration timeout) {
        LettuceConnectionFactory factory =
                new LettuceConnectionFactory(
                        configuration,
                        LettuceClientConfiguration.builder()
                                .clientResources(RECONNECTS_SOON)
                                .commandTimeout(timeout)
                                .shutdownTimeout(Duration.ZERO)
                                .clientOptions(
                                        ClusterClientOptions.builder()
                                                .topologyRefreshOptions(
                                                        ClusterTopologyRefreshOptions.builder()
                                                                .enableAllAdaptiveRefreshTriggers()
                                                                .build())
                                                .disconnectedBehavior(
                                                        ClientOptions.DisconnectedBehavior
                                                                .REJECT_COMMANDS)
                                                .build())
                                .build());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    /** Feeds every projection, as a process does. */
    Projections run() {
        return worker(PROJECTIONS, log).projections;
    }

    TestWorker worker(List<Projection> known, EventLog source) {
        return opened(new TestWorker(known, true, source, impatient()));
    }

    /** A process that only asks. */
    TestWorker reader(List<Projection> known) {
        return opened(new TestWorker(known, false, log, impatient()));
    }

    private TestWorker opened(TestWorker worker) {
        opened.push(worker);
        return worker;
    }

    long append(NewEvent... events) {
        return append(List.of(events));
    }

    long append(List<NewEvent> events) {
        return log.append(new Unit(events, null)).join().lastPosition();
    }

    /** Every partition of every projection. */
    static List<Partition> partitions() {
        return new Versions(PROJECTIONS).partitions();
    }

    Looked look(Partition partition) {
        return store.look(partition);
    }

    /** The newest build of a partition that serves, with its position; null when there is none. */
    Build serving(Partition partition) {
        Looked looked = look(partition);
        for (int version = 9; version > 0; version--)
            if (looked.serving(version) != null) return looked.serving(version);
        return null;
    }

    StoredPosition position(Partition partition) {
        Build serving = serving(partition);
        return serving == null ? null : look(partition).position(serving);
    }

    /** Of every partition. */
    Map<Partition, StoredPosition> positions() {
        Map<Partition, StoredPosition> positions = new HashMap<>();
        for (Partition partition : partitions()) positions.put(partition, position(partition));
        return positions;
    }

    boolean allAt(long position) {
        List<StoredPosition> stored = new ArrayList<>(positions().values());
        String origin = log.head().origin();
        return stored.stream()
                .allMatch(each ->
                        each != null
                                && each.position() == position
                                && each.origin().equals(origin));
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) opened.pop().close();
    }
}
