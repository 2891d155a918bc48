package io.pms.query.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** What operators see of live updates. */
final class LiveMetrics {
    private final Counter catchUps;
    private final Counter stalled;

    LiveMetrics(MeterRegistry registry, IntSupplier clients) {
        Gauge.builder("pms.live.clients", clients::getAsInt)
                .description("streams that are open")
                .strongReference(true)
                .register(registry);
        this.catchUps =
                Counter.builder("pms.live.catchups")
                        .description("times that a client had to be brought up from the log")
                        .register(registry);
        this.stalled =
                Counter.builder("pms.live.stalled")
                        .description("clients hung up on because they took nothing")
                        .register(registry);
    }

    void caughtUp() {
        catchUps.increment();
    }

    void stalled() {
        stalled.increment();
    }
}
