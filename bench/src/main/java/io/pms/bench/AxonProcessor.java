package io.pms.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.StreamableMessageSource;

/**
 * Axon's pooled streaming processor on Axon's own tables: events, and the tokens of its segments.
 */
final class AxonProcessor implements AutoCloseable {
    /**
     * What may be tuned. Segments are 16, Axon's default, in any case.
     *
     * @param batchSize events a unit of work, and so a token that is stored
     * @param workers threads that handle events
     * @param readSize events a query
     */
    record Setup(int batchSize, int workers, int readSize) {
        /** What Axon's configuration makes of a processor of which nothing is said. */
        static final Setup DEFAULT = new Setup(1, 4, 100);

        static final Setup TUNED = new Setup(500, 16, 1_000);

        /**
         * One each for the workers, the coordinator and what reads the events, and some to spare.
         */
        static final int CONNECTIONS = 20;
    }

    private final EmbeddedEventStore events;
    private final ScheduledExecutorService coordinator = Executors.newScheduledThreadPool(1);
    private final ScheduledExecutorService workers;
    private final PooledStreamingEventProcessor processor;

    /**
     * @param name whose tokens are its own: a new one begins with the first event
     */
    AxonProcessor(String name, AxonStore store, Setup setup, EventMessageHandler handler) {
        this.events =
                EmbeddedEventStore.builder()
                        .storageEngine(store.withBatchSize(setup.readSize).engine())
                        .build();
        this.workers = Executors.newScheduledThreadPool(setup.workers);
        SimpleEventHandlerInvoker.Builder<?> invoker = SimpleEventHandlerInvoker.builder();
        this.processor =
                PooledStreamingEventProcessor.builder()
                        .name(name)
                        .eventHandlerInvoker(
                                invoker.eventHandlers(handler)
                                        .listenerInvocationErrorHandler(
                                                PropagatingErrorHandler.instance())
                                        .build())
                        .messageSource(events)
                        .tokenStore(store.tokens())
                        .transactionManager(store.transactions())
                        .coordinatorExecutor(coordinator)
                        .workerExecutor(workers)
                        .initialToken(StreamableMessageSource::createTailToken)
                        .batchSize(setup.batchSize)
                        .build();
    }

    void start() {
        processor.start();
    }

    /** Lets it finish what it has begun. */
    @Override
    public void close() {
        processor.shutDown();
        coordinator.shutdown();
        workers.shutdown();
        events.shutDown();
    }
}
