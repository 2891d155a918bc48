package io.pms.log;

import static io.pms.log.conformance.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GathererTest {
    private final Gatherer gatherer = new Gatherer(LogSettings.defaults());

    @Test
    void takesAUnitThatWantsWhatWasJustStoredAlongToBeLookedUpOnly() throws Exception {
        store(unit("a", 0));
        PreparedUnit late = unit("a", 0);
        PreparedUnit next = unit("a", 1);
        gatherer.offer(late);
        gatherer.offer(next);
        Batch batch = gatherer.next();
        assertThat(batch.units()).containsExactly(next);
        assertThat(batch.late()).containsExactly(late);
    }

    @Test
    void sendsAUnitThatWasLookedUpWithoutAnAnswer() throws Exception {
        store(unit("a", 0));
        PreparedUnit late = unit("a", 0);
        gatherer.offer(late);
        assertThat(gatherer.next().isEmpty()).isTrue();
        gatherer.takeBack(List.of(late));
        assertThat(gatherer.next().units()).containsExactly(late);
    }

    private void store(PreparedUnit unit) throws Exception {
        gatherer.offer(unit);
        Batch batch = gatherer.next();
        batch.stored(0, 0, size -> {});
        assertThat(gatherer.ended(batch)).isEmpty();
    }

    private static PreparedUnit unit(String aggregateId, long sequence) {
        return PreparedUnit.of(0, new Unit(List.of(event(aggregateId, sequence)), null));
    }
}
