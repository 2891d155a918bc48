package io.pms.imports;

import io.pms.command.Commands;
import io.pms.imports.api.ImportApi;
import io.pms.log.EventLog;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Imports and their API. Without a {@link Visibility} an import ends when its events are stored.
 */
@AutoConfiguration(after = io.pms.command.CommandSideAutoConfiguration.class)
@Import(ImportApi.class)
public class ImportsAutoConfiguration {
    @Bean
    Imports imports(Commands commands, EventLog log, ObjectProvider<Visibility> visibility) {
        return new Imports(
                commands,
                log,
                visibility.getIfAvailable(() -> (tenant, position) -> {}),
                InstantSource.system());
    }
}
