package io.pms.log.policy;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each policy failed at last, as long as it has not succeeded since. Everything that failed is
 * tried again; what another process has done meanwhile is forgotten after a while.
 */
final class PolicyFailures {
    private static final Logger LOGGER = LoggerFactory.getLogger(PolicyFailures.class);

    /** Twice as long as the longest pause between two attempts. */
    private static final long REMEMBERED_NANOS =
            DeadlineScheduler.LONGEST_PAUSE.multipliedBy(2).toNanos();

    private record Failure(String at, String message, long nanos) {}

    private final Map<String, Failure> last = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    PolicyFailures(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param at an event or a deadline
     */
    void failed(String policy, String at, Exception failure) {
        LOGGER.warn("policy {} failed at {}; it tries again", policy, at, failure);
        last.put(policy, new Failure(at, at + ": " + failure, System.nanoTime()));
        meters.counter("pms.policy.failures", "policy", policy).increment();
    }

    void succeeded(String policy, String at) {
        last.computeIfPresent(policy, (name, failure) -> failure.at.equals(at) ? null : failure);
    }

    /** What the policy is failing at; null when it is well. */
    @Nullable String of(String policy) {
        Failure failure = last.get(policy);
        if (failure == null || System.nanoTime() - failure.nanos > REMEMBERED_NANOS) return null;
        return failure.message;
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
