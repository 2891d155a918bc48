package io.pms.log.policy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.LongSupplier;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** The policies that this process runs: how they are, for people and for monitoring. */
public final class Policies implements SmartInitializingSingleton {
    private final Configuration axon;
    private final PolicyNames names;
    private final PolicyFailures failures;
    private final LongSupplier size;
    private final MeterRegistry meters;

    /**
     * @param size how many events the log has, as this process knows it
     */
    Policies(
            Configuration axon,
            PolicyNames names,
            PolicyFailures failures,
            LongSupplier size,
            MeterRegistry meters) {
        this.axon = axon;
        this.names = names;
        this.failures = failures;
        this.size = size;
        this.meters = meters;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (StreamingEventProcessor processor : processors())
            Gauge.builder("pms.policy.lag.events", processor, each -> status(each).lag())
                    .tag("policy", names.shown(processor.getName()))
                    .register(meters);
    }

    /** Every policy that has event handlers. */
    public List<PolicyStatus> status() {
        return processors().stream().map(this::status).toList();
    }

    private List<StreamingEventProcessor> processors() {
        return axon.eventProcessingConfiguration().eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance)
                .map(StreamingEventProcessor.class::cast)
                .toList();
    }

    private PolicyStatus status(StreamingEventProcessor processor) {
        List<EventTrackerStatus> segments = List.copyOf(processor.processingStatus().values());
        long position = segments.stream().mapToLong(Policies::position).min().orElse(-1);
        String name = names.shown(processor.getName());
        return new PolicyStatus(
                name, segments.size(), position, size.getAsLong(), failure(name, processor));
    }

    /** A replay that has not begun has no position, which Axon takes for 0. */
    private static long position(EventTrackerStatus segment) {
        TrackingToken last = WrappedToken.unwrapLowerBound(segment.getTrackingToken());
        return last == null ? -1 : last.position().orElse(-1);
    }

    private @Nullable String failure(String name, StreamingEventProcessor processor) {
        String failure = failures.of(name);
        return failure == null && processor.isError()
                ? "it cannot read the log or keep its position; the platform's log says why"
                : failure;
    }
}
