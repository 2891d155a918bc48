package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.JsonEventTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void hasThreeHundredBytesOfData() {
        Sample sample = Sample.of(Sample.newAggregate(), 0);
        assertThat(new JsonEventTypes().write(sample.event()).length).isBetween(280, 320);
    }

    @Test
    void alternatesTheEventsOfManyAggregates() {
        assertThat(Sample.streams(List.of("a", "b"), 2))
                .extracting(sample -> sample.aggregateId() + sample.sequence())
                .containsExactly("a0", "b0", "a1", "b1");
    }
}
