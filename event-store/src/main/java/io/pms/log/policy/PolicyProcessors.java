package io.pms.log.policy;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer.PooledStreamingProcessorConfiguration;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;

/**
 * Makes every event handler a policy with a pooled streaming processor.
 *
 * <p>A processor reads the log from its beginning, in segments that processes share. Events of one
 * aggregate are in one segment and handled in their order. A batch, what its handlers do in the
 * policies' database, and the position after it are one transaction. A handler that throws is
 * called again with the same event, after pauses of 1 s to 60 s, until it succeeds; the other
 * segments go on. {@code docs/adr/0010-policies.md} says why nothing is left out.
 */
final class PolicyProcessors implements ConfigurerModule {
    static final int SEGMENTS = 4;

    /** Events a transaction: most of its time is the commit. */
    private static final int BATCH = 100;

    private final PolicyNames names;
    private final TransactionManager transactions;
    private final PolicyProperties properties;
    private final PolicyFailures failures;

    PolicyProcessors(
            PolicyNames names,
            TransactionManager transactions,
            PolicyProperties properties,
            PolicyFailures failures) {
        this.names = names;
        this.transactions = transactions;
        this.properties = properties;
        this.failures = failures;
    }

    @Override
    public void configureModule(Configurer configurer) {
        long claimMillis = properties.claimInterval().toMillis();
        PooledStreamingProcessorConfiguration pooled =
                (config, builder) ->
                        builder.initialSegmentCount(SEGMENTS)
                                .maxClaimedSegments(properties.maxSegments())
                                .batchSize(BATCH)
                                .tokenClaimInterval(claimMillis)
                                .claimExtensionThreshold(claimMillis);
        // What decides on the segment is hashed: an aggregate's id is text, whose hash is the
        // same in every process.
        configurer
                .eventProcessing()
                .usingPooledStreamingEventProcessors()
                .registerPooledStreamingEventProcessorConfiguration(pooled)
                .assignProcessingGroup(names::stored)
                .registerDefaultSequencingPolicy(config -> SequentialPerAggregatePolicy.instance())
                .registerDefaultTransactionManager(config -> transactions)
                .registerDefaultListenerInvocationErrorHandler(
                        config -> PropagatingErrorHandler.instance())
                .registerDefaultHandlerInterceptor(
                        (config, processor) -> failures.watching(names.shown(processor)));
    }
}
