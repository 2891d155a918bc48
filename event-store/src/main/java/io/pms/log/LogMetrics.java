package io.pms.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What operators see of the log. Labels are bounded: never a tenant or a stream. */
final class LogMetrics {
    private final MeterRegistry registry;
    private final Counter events;
    private final Counter conflicts;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    LogMetrics(MeterRegistry registry, LongSupplier knownSize) {
        this.registry = registry;
        this.events = Counter.builder("eventstore.events.appended").register(registry);
        this.conflicts = Counter.builder("eventstore.append.conflicts").register(registry);
        Gauge.builder("eventstore.head.position", () -> knownSize.getAsLong() - 1)
                .strongReference(true)
                .register(registry);
    }

    void appended(long startNanos, @Nullable Appended appended, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (appended != null) events.increment(appended.events());
        if (cause instanceof SequenceConflictException) conflicts.increment();
        timers.computeIfAbsent(result(cause), this::timer)
                .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    /** Looked up once: the registry's own look-up costs as much as encoding an event. */
    private Timer timer(String result) {
        return Timer.builder("eventstore.append").tag("result", result).register(registry);
    }

    private static String result(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "stored";
            case SequenceConflictException e -> "conflict";
            case DuplicateEventException e -> "duplicate";
            case OutcomeUnknownException e -> "unknown";
            default -> "refused";
        };
    }
}
