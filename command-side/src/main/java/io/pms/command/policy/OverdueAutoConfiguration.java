package io.pms.command.policy;

import io.pms.command.BusinessDay;
import io.pms.command.CommandSideAutoConfiguration;
import io.pms.command.Commands;
import io.pms.entry.EventTypes;
import io.pms.log.EventLog;
import io.pms.log.policy.Deadlines;
import io.pms.log.policy.PolicyAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/** The policies of the command side, where policies run. */
@AutoConfiguration(after = {CommandSideAutoConfiguration.class, PolicyAutoConfiguration.class})
@ConditionalOnBean(Deadlines.class)
public class OverdueAutoConfiguration {
    @Bean
    OverduePolicy overduePolicy(
            Deadlines deadlines,
            EventLog log,
            EventTypes types,
            BusinessDay businessDay,
            Commands commands) {
        return new OverduePolicy(deadlines, new WatchedTasks(log, types), businessDay, commands);
    }
}
