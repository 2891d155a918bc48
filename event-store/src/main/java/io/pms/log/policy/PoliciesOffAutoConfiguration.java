package io.pms.log.policy;

import org.axonframework.config.ConfigurerModule;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

/**
 * Hands nothing to event handlers where policies do not run. Without it Axon would give them
 * processors that keep their positions in memory, and everything would be acted on again at every
 * start.
 */
@AutoConfiguration(
        beforeName = "org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration")
@ConditionalOnBooleanProperty(name = "pms.policies.run", havingValue = false)
public class PoliciesOffAutoConfiguration {
    @Bean
    ConfigurerModule policiesOff() {
        return configurer ->
                configurer
                        .eventProcessing()
                        .usingSubscribingEventProcessors()
                        .configureDefaultSubscribableMessageSource(
                                config -> processor -> () -> true);
    }
}
