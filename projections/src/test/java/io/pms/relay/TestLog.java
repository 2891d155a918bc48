package io.pms.relay;

import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.LogSchema;
import io.pms.log.LogSettings;
import io.pms.log.MysqlEventLog;

/** A log, and where another process finds it. */
record TestLog(String url, MysqlEventLog log) {
    private static final class Shared {
        static final TestLog LOG = fresh();
    }

    /** One for all tests that do not mind what others have appended. */
    static TestLog shared() {
        return Shared.LOG;
    }

    static TestLog fresh() {
        SharedServers.Database database = SharedServers.freshDatabase();
        DatabaseUrl application = DatabaseUrl.parse(database.applicationUrl());
        LogSchema.migrate(DatabaseUrl.parse(database.ownerUrl()), application, 0);
        return new TestLog(
                database.applicationUrl(), MysqlEventLog.open(application, LogSettings.defaults()));
    }
}
