package io.pms.projection.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a process that feeds a version of a partition has of it. For one thread. */
final class Unit {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Map<Build, BuildFold> folds = new HashMap<>();
    private Duration pause = FIRST_PAUSE;
    private long notBefore = System.nanoTime();
    private long begun = System.nanoTime() - Duration.ofDays(1).toNanos();
    private int beginnings;

    /** The fold of a build; null when there is none, or it was stopped. */
    @Nullable BuildFold running(Build build) {
        BuildFold fold = folds.get(build);
        return fold == null || fold.isStopped() ? null : fold;
    }

    /** Whether it may be tried again now: what fails again and again is tried less often. */
    boolean mayStart() {
        return System.nanoTime() >= notBefore;
    }

    /** A build that has got further than the one before is no reason to wait. */
    void started(Build build, BuildFold fold) {
        BuildFold former = folds.put(build, fold);
        boolean again = former != null && former.stored().position() >= fold.stored().position();
        pause(again);
    }

    /** A build was begun; one after the other is less and less often. */
    void begun() {
        boolean again = System.nanoTime() - begun < LONGEST_PAUSE.toNanos() * 5;
        begun = System.nanoTime();
        beginnings = again ? beginnings + 1 : 0;
        if (beginnings > 1) pause(true);
    }

    private void pause(boolean longer) {
        pause = longer ? longer(pause) : FIRST_PAUSE;
        notBefore = System.nanoTime() + pause.toNanos();
    }

    private static Duration longer(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /** Stops every fold but those of these builds. */
    void keepOnly(@Nullable Build one, @Nullable Build other) {
        folds.forEach((build, fold) -> {
            if (!build.equals(one) && !build.equals(other)) fold.stop();
        });
        folds.values().removeIf(fold -> fold.isStopped() && !isOf(fold, one) && !isOf(fold, other));
    }

    private static boolean isOf(BuildFold fold, @Nullable Build build) {
        return fold.build().equals(build);
    }

    Map<Build, BuildFold> folds() {
        return folds;
    }
}
