package io.pms.archive.api;

import io.pms.archive.Archive;
import io.pms.archive.ArchiveAutoConfiguration;
import io.pms.http.HttpAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The archive's endpoints, where there is an archive and a web server. */
@AutoConfiguration(after = {ArchiveAutoConfiguration.class, HttpAutoConfiguration.class})
@ConditionalOnBean(Archive.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ServeProperties.class)
@Import({ArchiveApi.class, EntryApi.class})
public class ArchiveApiAutoConfiguration {
    @Bean
    PublishedLog publishedLog(Archive archive) {
        return new PublishedLog(archive);
    }

    @Bean(destroyMethod = "close")
    OwnKeys ownKeys(Archive archive) {
        return new OwnKeys(archive);
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnServing.class)
    @Import({LogApi.class, ProofApi.class})
    static class Hashes {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "pms.archive.serve", havingValue = "all")
    @Import(BundleApi.class)
    static class Entries {}

    /** Unless nothing is to be served. */
    static final class OnServing extends NoneNestedConditions {
        OnServing() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(name = "pms.archive.serve", havingValue = "none")
        static class None {}
    }
}
