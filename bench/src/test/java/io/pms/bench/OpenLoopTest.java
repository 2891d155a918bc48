package io.pms.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    @Test
    void doesNotWaitForAnswersBeforeItSendsMore() throws Exception {
        CountDownLatch all = new CountDownLatch(20);
        Outcome outcome =
                new OpenLoop(10_000, 20, 20)
                        .run(() -> {
                            all.countDown();
                            all.await();
                        });
        assertThat(outcome.get(Measure.P50)).isPositive();
    }

    @Test
    void countsTheTimeThatARequestHadToWait() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        Outcome outcome =
                new OpenLoop(1_000_000, 3, 1)
                        .run(() -> {
                            if (sent.incrementAndGet() == 1) Thread.sleep(50);
                        });
        assertThat(outcome.get(Measure.P50)).isGreaterThan(45);
    }

    @Test
    void failsWhenARequestIsRefused() {
        assertThatThrownBy(() ->
                        new OpenLoop(1_000, 2, 2)
                                .run(() -> {
                                    throw new IllegalStateException("refused");
                                }))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("refused");
    }
}
