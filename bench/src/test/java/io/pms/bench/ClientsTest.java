package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ClientsTest {
    @Test
    void shareTheEventsOfARound() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        Outcome outcome =
                Clients.run(3, events(100), 1, client -> () -> 1 + 0 * sent.incrementAndGet());
        assertThat(sent).hasValue(100);
        assertThat(outcome.get(Measure.ATTEMPTS)).isEqualTo(1);
    }

    @Test
    void tellHowOftenARequestWasSent() throws Exception {
        assertThat(Clients.run(2, events(10), 1, client -> () -> 3).get(Measure.ATTEMPTS))
                .isEqualTo(3);
    }

    @Test
    void failWhenOneOfThemFails() {
        assertThatThrownBy(() ->
                        Clients.run(
                                2,
                                events(10),
                                1,
                                client ->
                                        () -> {
                                            throw new IllegalStateException("refused");
                                        }))
                .hasMessage("refused");
    }

    private static Budget events(int number) {
        Budget budget = new Budget();
        new CommandLine(
                        CommandLine.Model.CommandSpec.create()
                                .addMixin(
                                        "budget",
                                        CommandLine.Model.CommandSpec.forAnnotatedObject(budget)))
                .parseArgs("--events", String.valueOf(number));
        return budget;
    }
}
