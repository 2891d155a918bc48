package io.pms.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.pms.command.api.BatchApi;
import io.pms.command.api.CommandApi;
import io.pms.command.project.Projects;
import io.pms.entry.EventTypes;
import io.pms.log.Durability;
import io.pms.log.EventLog;
import io.pms.log.axon.LogEventStore;
import java.time.InstantSource;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** The command side: aggregates, dispatch, the command API. */
@AutoConfiguration(
        after = io.pms.log.axon.AxonLogAutoConfiguration.class,
        beforeName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
@ComponentScan(
        basePackages = {"io.pms.command.project", "io.pms.command.task", "io.pms.command.person"},
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(org.axonframework.spring.stereotype.Aggregate.class))
@Import({CommandApi.class, BatchApi.class})
public class CommandSideAutoConfiguration {
    /** Aggregates in memory, a few kilobytes each. */
    private static final int MAX_CACHED = 50_000;

    /** Loading this many events takes a few milliseconds. */
    private static final int EVENTS_A_SNAPSHOT = 200;

    @Bean
    Cache aggregateCache() {
        return new CaffeineCache(MAX_CACHED);
    }

    @Bean
    SnapshotTriggerDefinition aggregateSnapshots(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_A_SNAPSHOT);
    }

    @Bean
    Projects writeSideProjects(EventLog log, EventTypes types) {
        return new Projects(log, types);
    }

    @Bean
    BusinessDay businessDay(
            ObjectProvider<InstantSource> clock, @Value("${pms.business.zone:UTC}") String zone) {
        return BusinessDay.of(clock.getIfAvailable(InstantSource::system), zone);
    }

    @Bean(initMethod = "start")
    AggregateStates aggregateStates(Cache aggregateCache, Projects projects, EventLog log) {
        return new AggregateStates(aggregateCache, projects, log, MAX_CACHED);
    }

    @Bean
    CommandTargetResolver commandTargetResolver() {
        return message ->
                new VersionedAggregateIdentifier(
                        ((Command) message.getPayload())
                                .aggregateId(Decisions.tenant(message.getMetaData())),
                        null);
    }

    /** The thread that dispatches a command decides it; {@link Commands} gives each its own. */
    @Bean
    CommandBus commandBus(
            TransactionManager transactions, List<CorrelationDataProvider> correlation) {
        SimpleCommandBus bus = SimpleCommandBus.builder().transactionManager(transactions).build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation));
        MessageHandlerInterceptor<CommandMessage<?>> observe =
                (unitOfWork, chain) -> {
                    Outcome outcome = Outcome.current();
                    unitOfWork.afterCommit(
                            work -> outcome.committed(LogEventStore.committed(work).orElse(null)));
                    return chain.proceed();
                };
        bus.registerHandlerInterceptor(observe);
        return bus;
    }

    @Bean
    Commands commands(
            CommandBus bus,
            EventLog log,
            AggregateStates states,
            EventTypes types,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<Durability> durability,
            @Value("${PMS_DURABILITY:mysql}") String mode) {
        if (mode.equals("archive") && durability.getIfAvailable() == null)
            throw new IllegalStateException("PMS_DURABILITY=archive needs PMS_ARCHIVE_URL");
        return new AxonCommands(
                bus,
                log,
                states,
                types,
                InstantSource.system(),
                meters.getIfAvailable(() -> Metrics.globalRegistry),
                durability.getIfAvailable(() -> Durability.COMMITTED));
    }
}
