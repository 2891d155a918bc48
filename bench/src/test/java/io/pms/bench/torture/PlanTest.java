package io.pms.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.bench.torture.Fault.Lane;
import io.pms.bench.torture.FaultPlan.Planned;
import io.pms.bench.torture.Workload.Wish;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a seed decides. */
class PlanTest {
    private static final List<Fault> ALL = List.of(Fault.values());

    @ParameterizedTest
    @EnumSource
    void drawsTheSameFaultsFromTheSameSeed(Lane lane) {
        assertThat(faults(lane, 7, 50)).isEqualTo(faults(lane, 7, 50));
        assertThat(faults(lane, 7, 50)).isNotEqualTo(faults(lane, 8, 50));
    }

    @ParameterizedTest
    @EnumSource
    void hasEveryFaultOfALaneInEachRound(Lane lane) {
        List<Fault> own = ALL.stream().filter(fault -> fault.lane() == lane).toList();
        List<Planned> drawn = faults(lane, 1, 10 * own.size());
        for (int round = 0; round < 10; round++)
            assertThat(drawn.subList(round * own.size(), (round + 1) * own.size()))
                    .extracting(Planned::fault)
                    .containsExactlyInAnyOrderElementsOf(own);
    }

    private static List<Planned> faults(Lane lane, long seed, int count) {
        FaultPlan plan = new FaultPlan(lane, ALL, 3, seed);
        return Stream.generate(plan::next).limit(count).toList();
    }

    @Test
    void drawsTheSameWorkFromTheSameSeed() {
        assertThat(wishes(3)).isEqualTo(wishes(3));
        assertThat(wishes(3)).isNotEqualTo(wishes(4));
    }

    @Test
    void drawsEveryKindOfWork() {
        List<Wish> wishes = wishes(5);
        assertThat(wishes)
                .anyMatch(wish -> wish.key() == null)
                .anyMatch(wish -> wish.key() != null && wish.key().kind() == Key.Kind.EVENTS)
                .anyMatch(wish -> wish.subjects().isEmpty())
                .anyMatch(wish -> wish.subjects().contains(null))
                .anyMatch(wish -> wish.subjects().size() > 100)
                .anyMatch(wish -> wish.subjects().stream().anyMatch(Workload.SHARED::contains));
        List<Key> keys = wishes.stream().map(Wish::key).filter(key -> key != null).toList();
        assertThat(keys)
                .as("some are repeated")
                .hasSizeGreaterThan((int) keys.stream().distinct().count());
    }

    private static List<Wish> wishes(long seed) {
        Workload workload = new Workload("0.0.0", seed);
        return Stream.generate(workload::next).limit(500).toList();
    }

    @Test
    void readsEveryLineThatAWriterTells() {
        Key key = new Key(Key.Kind.EVENTS, "0.0.0-3");
        for (Told told :
                Arrays.<Told>asList(
                        new Told.Tried(new Attempt("0.0.0.1", key, 3, new Outcome.Open())),
                        new Told.Tried(new Attempt("0.0.0.2", null, 3, new Outcome.Open())),
                        new Told.Ended("0.0.0.1", new Outcome.Acknowledged(5, 3, 77)),
                        new Told.Ended("0.0.0.1", new Outcome.Refused(Outcome.Reason.CONFLICT)),
                        new Told.Ended("0.0.0.1", new Outcome.Unknown()),
                        new Told.Answered(new Answer(key, "s", 4, 5, "ab")),
                        new Told.Answered(Answer.none(key)),
                        new Told.Reopened(),
                        new Told.Strange(new Violation(Invariant.PROGRESS, "it is stuck"))))
            assertThat(Told.parse(told.line())).isEqualTo(told);
        assertThat(Told.parse("Full thread dump")).isNull();
    }
}
