package io.pms.bench.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What happens in a lane, in which order, when and for how long; the same seed draws the same. It
 * goes in rounds, so that no kind is left out for long.
 */
final class FaultPlan {
    /** In the first round, so that a short run has one. */
    private static final int MOST_PAUSE_AT_FIRST_MILLIS = 1_000;

    private static final int MOST_PAUSE_MILLIS = 4_000;
    private static final int MOST_HOLD_MILLIS = 2_500;

    private final List<Fault> kinds;
    private final int writers;
    private final Random random;
    private final List<Fault> round = new ArrayList<>();
    private int rounds;

    /**
     * @param kinds what is possible on this system
     */
    FaultPlan(Fault.Lane lane, List<Fault> kinds, int writers, long seed) {
        this.kinds = kinds.stream().filter(fault -> fault.lane() == lane).toList();
        this.writers = writers;
        this.random = new Random(seed + lane.ordinal());
    }

    /**
     * A fault to be.
     *
     * @param pauseMillis before it
     * @param holdMillis how long it lasts, where that can be chosen
     * @param writer whom it meets, where it meets one
     * @param seed for what else is drawn
     */
    record Planned(Fault fault, int pauseMillis, int holdMillis, int writer, long seed) {}

    Planned next() {
        if (round.isEmpty()) {
            rounds++;
            round.addAll(kinds);
            Collections.shuffle(round, random);
        }
        return new Planned(
                round.removeLast(),
                random.nextInt(rounds == 1 ? MOST_PAUSE_AT_FIRST_MILLIS : MOST_PAUSE_MILLIS),
                random.nextInt(MOST_HOLD_MILLIS),
                random.nextInt(writers),
                random.nextLong());
    }
}
