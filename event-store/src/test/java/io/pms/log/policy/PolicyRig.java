package io.pms.log.policy;

import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.EventLog;
import io.pms.log.LogSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application whose only own bean is a policy. Several stand for several processes. */
final class PolicyRig implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    <P> PolicyRig(SharedServers.Database database, Class<P> type, P policy, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("pms.log.url=" + database.applicationUrl());
        all.add("pms.log.owner-url=" + database.ownerUrl());
        all.add("pms.data=" + SharedServers.dataDirectory());
        all.add("spring.main.banner-mode=off");
        all.add("logging.level.root=WARN");
        context =
                new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .properties(all.toArray(String[]::new))
                        .initializers(starting ->
                                ((org.springframework.context.support.GenericApplicationContext)
                                                starting)
                                        .registerBean(type, () -> policy))
                        .run();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    EventLog log() {
        return bean(EventLog.class);
    }

    PolicyStatus status() {
        return bean(Policies.class).status().getFirst();
    }

    static DatabaseUrl migrated(SharedServers.Database database) {
        DatabaseUrl application = DatabaseUrl.parse(database.applicationUrl());
        LogSchema.migrate(DatabaseUrl.parse(database.ownerUrl()), application, 0);
        return application;
    }

    /** The first column of each row. */
    static List<String> query(SharedServers.Database database, String sql) {
        try (Connection connection = DriverManager.getConnection(database.ownerUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) found.add(rows.getString(1));
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(SharedServers.Database database, String sql) {
        try (Connection connection = DriverManager.getConnection(database.ownerUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
