package io.pms.log.axon;

import io.pms.embedded.SharedServers;
import io.pms.entry.JsonEventTypes;
import io.pms.log.DatabaseUrl;
import io.pms.log.EventLog;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.xml.CompactDriver;
import org.axonframework.serialization.xml.XStreamSerializer;

/**
 * Fresh logs for tests, with the serializer of Axon's own suites for what is not an event of ours.
 */
public final class TestEngines {
    private TestEngines() {}

    static MysqlEventLog freshLog() {
        SharedServers.Database database = SharedServers.freshDatabase();
        DatabaseUrl application = DatabaseUrl.parse(database.applicationUrl());
        LogSchema.migrate(DatabaseUrl.parse(database.ownerUrl()), application, 0);
        return MysqlEventLog.open(application, LogSettings.defaults());
    }

    /** The log as Axon's event store. */
    public static EventStore store(EventLog log) {
        return LogEventStore.of(builder(log).build());
    }

    /** What the platform writes tokens with. */
    public static Serializer platformSerializer() {
        return new AxonLogAutoConfiguration().serializer();
    }

    static Serializer serializer() {
        com.thoughtworks.xstream.XStream xstream =
                new com.thoughtworks.xstream.XStream(new CompactDriver());
        xstream.allowTypesByWildcard(new String[] {"org.axonframework.**"});
        return new EventSerializer(
                new JsonEventTypes(), XStreamSerializer.builder().xStream(xstream).build());
    }

    static LogStorageEngine.Builder builder(EventLog log) {
        Serializer serializer = serializer();
        return new LogStorageEngine.Builder(log)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer);
    }
}
