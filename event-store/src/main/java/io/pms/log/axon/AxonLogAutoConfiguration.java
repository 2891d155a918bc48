package io.pms.log.axon;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import io.pms.log.seal.SealAutoConfiguration;
import io.pms.log.seal.Sealing;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Makes Axon work on the log. Commands run in no database transaction: the log commits by itself,
 * in the COMMIT phase of the unit of work.
 */
@AutoConfiguration(
        after = {io.pms.log.LogAutoConfiguration.class, SealAutoConfiguration.class},
        beforeName = {
            "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
            "org.axonframework.springboot.autoconfig.TransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration"
        })
public class AxonLogAutoConfiguration {

    /**
     * States of aggregates, tokens, anything that is not an event: private fields are what counts.
     * Tokens that contain others name their classes, which are Axon's; texts in states are told
     * apart by their members.
     */
    @Bean
    @Primary
    Serializer serializer() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(mapper ->
                        mapper.polymorphicTypeValidator(
                                        BasicPolymorphicTypeValidator.builder()
                                                .allowIfSubType("org.axonframework.")
                                                .allowIfSubType("io.pms.event.")
                                                .build())
                                .changeDefaultVisibility(visibility ->
                                        visibility
                                                .withFieldVisibility(Visibility.ANY)
                                                .withGetterVisibility(Visibility.NONE)
                                                .withIsGetterVisibility(Visibility.NONE)))
                .build();
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(EventTypes types, Serializer serializer) {
        return new EventSerializer(types, serializer);
    }

    /** Snapshots of another revision of an aggregate are not loaded: its events are. */
    @Bean
    EventStore eventStore(
            EventLog log,
            Sealing sealing,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Serializer serializer,
            ObjectProvider<Configuration> axon) {
        SnapshotFilter ofThisRevision =
                snapshot -> axon.getObject().snapshotFilter().allow(snapshot);
        return LogEventStore.of(
                LogStorageEngine.of(log, sealing, eventSerializer, serializer, ofThisRevision));
    }

    @Bean
    TransactionManager axonTransactionManager() {
        return NoTransactionManager.INSTANCE;
    }

    /** What an event takes over from its command. */
    @Bean
    CorrelationDataProvider eventMetadata() {
        return message -> message.getMetaData();
    }
}
