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
    void sendsWhatIsItsTurn() throws Exception {
        AtomicInteger even = new AtomicInteger();
        new OpenLoop(10_000, 5, 5)
                .run(number -> number % 2 == 0 ? even::incrementAndGet : () -> {});
        assertThat(even).hasValue(3);
    }

    @Test
    void tellsRequestsApart() {
        OpenLoop.Timed timed =
                new OpenLoop.Timed(2, new long[] {1_000_000, 9_000_000, 3_000_000, 8_000_000});
        assertThat(timed.percentileMillis(95, number -> number % 2 == 0)).isEqualTo(3);
        assertThat(timed.outcome().get(Measure.P95)).isEqualTo(9);
        assertThat(timed.outcome().get(Measure.REQUESTS)).isEqualTo(2);
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
