package io.pms.log.policy;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What policies have failed at, as long as they have not succeeded at it since. Everything that
 * failed is tried again; what another process has done meanwhile is forgotten after a while.
 * Thread-safe.
 */
final class PolicyFailures {
    private static final Logger LOGGER = LoggerFactory.getLogger(PolicyFailures.class);

    /** Twice as long as the longest pause between two attempts. */
    private static final long REMEMBERED_NANOS =
            DeadlineScheduler.LONGEST_PAUSE.multipliedBy(2).toNanos();

    /** Of a policy: where everything fails, some of it says enough. */
    private static final int MOST = 1_000;

    private record Attempt(String policy, String at) {}

    private record Failure(String message, long nanos) {
        boolean isForgotten() {
            return System.nanoTime() - nanos > REMEMBERED_NANOS;
        }
    }

    private final Map<Attempt, Failure> last = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    PolicyFailures(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param at an event or a deadline
     */
    void failed(String policy, String at, Exception failure) {
        LOGGER.warn("policy {} failed at {}; it tries again", policy, at, failure);
        last.values().removeIf(Failure::isForgotten);
        Attempt attempt = new Attempt(policy, at);
        if (last.containsKey(attempt) || failing(policy).count() < MOST)
            last.put(attempt, new Failure(at + ": " + failure, System.nanoTime()));
        meters.counter("pms.policy.failures", "policy", policy).increment();
    }

    void succeeded(String policy, String at) {
        last.remove(new Attempt(policy, at));
    }

    /** The latest that the policy is failing at; null when it is well. */
    @Nullable String of(String policy) {
        return failing(policy)
                .filter(each -> !each.isForgotten())
                .max(Comparator.comparingLong(Failure::nanos))
                .map(Failure::message)
                .orElse(null);
    }

    private Stream<Failure> failing(String policy) {
        return last.entrySet().stream()
                .filter(each -> each.getKey().policy().equals(policy))
                .map(Map.Entry::getValue);
    }

    /** Sees what becomes of each event that a policy is given. */
    MessageHandlerInterceptor<EventMessage<?>> watching(String policy) {
        return (unitOfWork, chain) -> {
            String at = "event " + unitOfWork.getMessage().getIdentifier();
            try {
                Object result = chain.proceed();
                succeeded(policy, at);
                return result;
            } catch (Exception e) {
                failed(policy, at, e);
                throw e;
            }
        };
    }
}
