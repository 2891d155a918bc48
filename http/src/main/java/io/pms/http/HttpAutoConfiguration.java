package io.pms.http;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Callers and problem documents for every endpoint of the application. */
@AutoConfiguration
@Import(ProblemAdvice.class)
public class HttpAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    CallerResolver callerResolver() {
        return new HeaderCallerResolver();
    }
}
