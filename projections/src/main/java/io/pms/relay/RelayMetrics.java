package io.pms.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pms.relay.RelayStatus.State;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What operators see of the relay. */
final class RelayMetrics {
    private final MeterRegistry registry;
    private final Supplier<RelayStatus> status;
    private final Counter published;
    private final Counter failures;

    RelayMetrics(MeterRegistry registry, Supplier<RelayStatus> status) {
        this.registry = registry;
        this.status = status;
        this.published =
                Counter.builder("pms.relay.published")
                        .description("events that this process has published")
                        .register(registry);
        this.failures =
                Counter.builder("pms.relay.failures")
                        .description("how often publishing or waiting for it has ended early")
                        .register(registry);
        gauge("lag.events", "events in the log that are not published", RelayStatus::lagEvents);
        gauge("lag.seconds", "age of the oldest of them", RelayStatus::lagSeconds);
        gauge("active", "1 where the relay publishes", each -> is(each, State.ACTIVE));
        gauge("refused", "1 where it must not", each -> is(each, State.REFUSED));
    }

    private void gauge(String name, String description, ToDoubleFunction<RelayStatus> value) {
        Gauge.builder("pms.relay." + name, () -> value.applyAsDouble(status.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private static double is(RelayStatus status, State state) {
        return status.state() == state ? 1 : 0;
    }

    void published(int events) {
        published.increment(events);
    }

    void failed() {
        failures.increment();
    }
}
