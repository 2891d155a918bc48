package io.pms.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Redis Cluster of masters on this machine, without replicas; each has its share of the slots.
 */
public final class EmbeddedRedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    /** Below the ports that the system gives out: a node also listens 10,000 above its own. */
    private static final int HIGHEST_PORT = 55_000;

    private final List<EmbeddedRedis> nodes;

    private EmbeddedRedisCluster(List<EmbeddedRedis> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Starts a cluster on an empty directory.
     *
     * @param size masters, at least 3
     */
    public static EmbeddedRedisCluster start(Path home, int size, List<String> options) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
        all.addAll(List.of("--cluster-node-timeout", "2000"));
        all.addAll(List.of("--cluster-require-full-coverage", "no"));
        all.addAll(options);
        List<EmbeddedRedis> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++)
                nodes.add(EmbeddedRedis.start(home.resolve("node-" + i), port(), all));
            join(nodes);
        } catch (RuntimeException e) {
            nodes.forEach(EmbeddedRedis::close);
            throw e;
        }
        return new EmbeddedRedisCluster(nodes);
    }

    private static int port() {
        int port = Ports.free();
        while (port > HIGHEST_PORT) port = Ports.free();
        return port;
    }

    private static void join(List<EmbeddedRedis> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            int end = SLOTS * (i + 1) / nodes.size();
            for (int slot = SLOTS * i / nodes.size(); slot < end; slot++)
                slots.add(String.valueOf(slot));
            RedisCommand.run(nodes.get(i).port(), slots);
            String first = String.valueOf(nodes.getFirst().port());
            RedisCommand.run(nodes.get(i).port(), List.of("CLUSTER", "MEET", "127.0.0.1", first));
        }
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        for (EmbeddedRedis node : nodes) awaitWhole(node, nodes.size(), deadline);
    }

    private static void awaitWhole(EmbeddedRedis node, int size, long deadline) {
        while (!isWhole(RedisCommand.run(node.port(), List.of("CLUSTER", "INFO")), size)) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("the nodes of the cluster do not find each other");
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static boolean isWhole(String info, int size) {
        return info.contains("cluster_state:ok")
                && info.contains("cluster_slots_ok:" + SLOTS)
                && info.contains("cluster_known_nodes:" + size);
    }

    /** The masters, by their slots. */
    public List<EmbeddedRedis> nodes() {
        return nodes;
    }

    /** As a client takes it: host and port of each node. */
    public List<String> addresses() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.port()).toList();
    }

    @Override
    public void close() {
        nodes.forEach(EmbeddedRedis::close);
    }
}
