package io.pms.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A Redis Cluster on this machine: masters with a share of the slots each, and their replicas. */
public final class EmbeddedRedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    /** A node also listens so far above its own port. */
    private static final int BUS = 10_000;

    private final List<EmbeddedRedis> nodes;
    private final List<EmbeddedRedis> replicas;

    private EmbeddedRedisCluster(List<EmbeddedRedis> nodes, List<EmbeddedRedis> replicas) {
        this.nodes = List.copyOf(nodes);
        this.replicas = List.copyOf(replicas);
    }

    /**
     * Starts a cluster without replicas on an empty directory.
     *
     * @param size masters, at least 3
     */
    public static EmbeddedRedisCluster start(Path home, int size, List<String> options) {
        return start(home, size, 0, options);
    }

    /**
     * Starts a cluster on an empty directory whose masters have a replica each.
     *
     * @param size masters, at least 3
     */
    public static EmbeddedRedisCluster startWithReplicas(
            Path home, int size, List<String> options) {
        return start(home, size, size, options);
    }

    private static EmbeddedRedisCluster start(
            Path home, int masters, int replicas, List<String> options) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
        all.addAll(List.of("--cluster-node-timeout", "2000"));
        all.addAll(List.of("--cluster-require-full-coverage", "no"));
        all.addAll(options);
        List<EmbeddedRedis> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < masters + replicas; i++)
                nodes.add(EmbeddedRedis.start(home.resolve("node-" + i), port(), all));
            EmbeddedRedisCluster cluster =
                    new EmbeddedRedisCluster(
                            nodes.subList(0, masters), nodes.subList(masters, nodes.size()));
            cluster.join();
            return cluster;
        } catch (RuntimeException e) {
            nodes.forEach(EmbeddedRedis::close);
            throw e;
        }
    }

    private static int port() {
        int port = Ports.free();
        while (!Ports.isFree(port + BUS)) port = Ports.free();
        return port;
    }

    private void join() {
        for (int i = 0; i < nodes.size(); i++) {
            List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            int end = SLOTS * (i + 1) / nodes.size();
            for (int slot = SLOTS * i / nodes.size(); slot < end; slot++)
                slots.add(String.valueOf(slot));
            RedisCommand.run(nodes.get(i).port(), slots);
        }
        String first = String.valueOf(nodes.getFirst().port());
        for (EmbeddedRedis node : all())
            RedisCommand.run(node.port(), List.of("CLUSTER", "MEET", "127.0.0.1", first));
        int size = all().size();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        for (EmbeddedRedis node : all())
            await(deadline, () -> isWhole(answer(node, "CLUSTER", "INFO"), size));
        for (int i = 0; i < replicas.size(); i++) {
            EmbeddedRedis replica = replicas.get(i);
            answer(replica, "CLUSTER", "REPLICATE", answer(nodes.get(i), "CLUSTER", "MYID"));
            await(
                    deadline,
                    () -> answer(replica, "INFO", "replication").contains("master_link_status:up"));
        }
    }

    private List<EmbeddedRedis> all() {
        return Stream.concat(nodes.stream(), replicas.stream()).toList();
    }

    private static String answer(EmbeddedRedis node, String... command) {
        return RedisCommand.run(node.port(), List.of(command));
    }

    private static void await(long deadline, BooleanSupplier done) {
        while (!done.getAsBoolean()) {
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

    /** The first masters, by their slots. */
    public List<EmbeddedRedis> nodes() {
        return nodes;
    }

    /** The replicas of {@link #nodes}, in the same order. */
    public List<EmbeddedRedis> replicas() {
        return replicas;
    }

    /** From now on a master's replica hears nothing of it. */
    public void isolateReplica(int number) {
        replicas.get(number).suspend();
        answer(nodes.get(number), "CLIENT", "KILL", "TYPE", "replica");
    }

    /** A master ends as by a power cut, and its replica takes over, soon, with what it has. */
    public void failOver(int number) {
        nodes.get(number).kill();
        replicas.get(number).resume();
    }

    /** The master of a key whose slot was not moved. */
    public EmbeddedRedis nodeOf(String key) {
        int slot = Integer.parseInt(slot(key));
        int number = 0;
        while (slot >= SLOTS * (number + 1) / nodes.size()) number++;
        return nodes.get(number);
    }

    private String slot(String key) {
        return answer(nodes.getFirst(), "CLUSTER", "KEYSLOT", key);
    }

    /** Begins to move a key's slot, which was not moved before, to another master. */
    public SlotMove beginToMove(String key) {
        EmbeddedRedis from = nodeOf(key);
        int next = (nodes.indexOf(from) + 1) % nodes.size();
        return new SlotMove(from, nodes.get(next), slot(key));
    }

    /** As a client takes it: host and port of each node. */
    public List<String> addresses() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.port()).toList();
    }

    @Override
    public void close() {
        all().forEach(EmbeddedRedis::close);
    }
}
