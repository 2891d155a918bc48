package io.pms.log.policy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How policies run in this process.
 *
 * @param run whether they do
 * @param maxSegments how many of the {@value PolicyProcessors#SEGMENTS} segments of each policy
 *     this process takes; fewer leave work to others, and wait for one when there are none
 * @param claimInterval how often a process renews its claims and looks for segments without one;
 *     after three of these without a sign of life another process takes over
 * @param pollInterval how often deadlines are looked at
 */
@ConfigurationProperties("pms.policies")
record PolicyProperties(
        @DefaultValue("true") boolean run,
        @DefaultValue("4") int maxSegments,
        @DefaultValue("5s") Duration claimInterval,
        @DefaultValue("10s") Duration pollInterval) {
    Duration claimTimeout() {
        return claimInterval.multipliedBy(3);
    }
}
