package io.pms.bench.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws what a client appends: the same seed draws the same wishes. */
final class Workload {
    /** Aggregates that all writers work on at once. */
    static final List<String> SHARED = IntStream.range(0, 6).mapToObj(i -> "shared-" + i).toList();

    /** Keys that any writer may use: some are used by several of them at the same time. */
    private static final int SHARED_KEYS = 400;

    private static final int REMEMBERED_KEYS = 40;
    private static final int OWN_AGGREGATES = 4;

    /** Pieces of text that a packet must not stumble over, as they stand inside a JSON string. */
    private static final List<String> PIECES =
            List.of(
                    "it's",
                    "{fn x}",
                    "; ROLLBACK",
                    " -- ",
                    "?",
                    "\\n",
                    "\\\\",
                    "\\\"",
                    "\\u0000",
                    "ü",
                    "🙂",
                    "%s",
                    "/*",
                    "0123456789",
                    "lorem ipsum dolor sit amet ");

    private final String client;
    private final Random random;
    private final List<Key> used = new ArrayList<>();
    private int keys;
    private int aggregates;

    /**
     * @param client {@code writer.incarnation.client}
     */
    Workload(String client, long seed) {
        this.client = client;
        this.random = new Random(seed);
    }

    /**
     * A unit to be.
     *
     * @param key null for one that cannot be repeated
     * @param subjects the aggregate of each event in order, null where it belongs to none; empty
     *     for a command that changes nothing
     */
    record Wish(@Nullable Key key, List<@Nullable String> subjects) {}

    Wish next() {
        int kind = random.nextInt(100);
        if (kind < 10) return new Wish(command(), List.of());
        if (kind < 22 && !used.isEmpty()) return again(used.get(random.nextInt(used.size())));
        if (kind < 28)
            return again(new Key(Key.Kind.COMMAND, "shared-" + random.nextInt(SHARED_KEYS)));
        if (kind < 32) return new Wish(key(), subjects(30 + random.nextInt(300)));
        return new Wish(key(), subjects(1 + random.nextInt(6)));
    }

    /** The key once more, decided anew: with other events, or with none. */
    Wish again(Key key) {
        boolean nothing = key.kind() == Key.Kind.COMMAND && random.nextInt(4) == 0;
        return new Wish(key, nothing ? List.of() : subjects(1 + random.nextInt(4)));
    }

    private @Nullable Key key() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> remember(new Key(Key.Kind.EVENTS, client + "-" + keys++));
            default -> command();
        };
    }

    private Key command() {
        return remember(new Key(Key.Kind.COMMAND, client + "-" + keys++));
    }

    private Key remember(Key key) {
        if (used.size() == REMEMBERED_KEYS) used.remove(random.nextInt(REMEMBERED_KEYS));
        used.add(key);
        return key;
    }

    /** Mostly one aggregate, sometimes two or three, sometimes none. */
    private List<@Nullable String> subjects(int events) {
        List<@Nullable String> chosen = new ArrayList<>();
        for (int i = 1 + random.nextInt(6) / 4 + random.nextInt(8) / 7; i > 0; i--)
            chosen.add(subject());
        List<@Nullable String> subjects = new ArrayList<>();
        for (int i = 0; i < events; i++)
            subjects.add(
                    random.nextInt(20) == 0 ? null : chosen.get(random.nextInt(chosen.size())));
        return subjects;
    }

    private String subject() {
        if (random.nextInt(3) == 0) return SHARED.get(random.nextInt(SHARED.size()));
        if (random.nextInt(10) == 0) aggregates++;
        return "own-" + client + "-" + (aggregates + random.nextInt(OWN_AGGREGATES));
    }

    /** The inside of a JSON string: mostly short, sometimes long. */
    String fill() {
        int length = random.nextInt(40) == 0 ? 5_000 : 20 + random.nextInt(200);
        StringBuilder fill = new StringBuilder();
        while (fill.length() < length) fill.append(PIECES.get(random.nextInt(PIECES.size())));
        return fill.toString();
    }

    /** Now and then, one in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    int upTo(int most) {
        return random.nextInt(most + 1);
    }
}
