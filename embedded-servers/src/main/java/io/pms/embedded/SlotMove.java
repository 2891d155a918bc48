package io.pms.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * A slot on its way from one node of a cluster to another, as {@code redis-cli --cluster reshard}
 * moves it: key by key. Until the end each of its keys is on one of both. For one thread.
 */
public final class SlotMove {
    private static final int KEYS_AT_ONCE = 100;

    private final EmbeddedRedis from;
    private final EmbeddedRedis to;
    private final String slot;

    SlotMove(EmbeddedRedis from, EmbeddedRedis to, String slot) {
        this.from = from;
        this.to = to;
        this.slot = slot;
        RedisCommand.run(to.port(), setSlot("IMPORTING", from));
        RedisCommand.run(from.port(), setSlot("MIGRATING", to));
    }

    private List<String> setSlot(String state, EmbeddedRedis node) {
        return List.of("CLUSTER", "SETSLOT", slot, state, id(node));
    }

    private static String id(EmbeddedRedis node) {
        return RedisCommand.run(node.port(), List.of("CLUSTER", "MYID"));
    }

    /**
     * Keys that have not been moved yet.
     *
     * @param most as many at most, in any order
     */
    public List<String> left(int most) {
        List<String> command = List.of("CLUSTER", "GETKEYSINSLOT", slot, String.valueOf(most));
        return RedisCommand.run(from.port(), command).lines().toList();
    }

    /**
     * Moves some keys of the slot.
     *
     * @throws IllegalStateException when one of them is on the other node too
     */
    public void move(List<String> keys) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("MIGRATE", "127.0.0.1", String.valueOf(to.port()), "", "0", "2000"));
        command.add("KEYS");
        command.addAll(keys);
        RedisCommand.run(from.port(), command);
    }

    /** Moves what is left. */
    public void end() {
        for (List<String> keys = left(KEYS_AT_ONCE); !keys.isEmpty(); keys = left(KEYS_AT_ONCE))
            move(keys);
        RedisCommand.run(to.port(), setSlot("NODE", to));
        RedisCommand.run(from.port(), setSlot("NODE", to));
    }
}
