package io.pms.log;

import io.pms.embedded.SharedServers;
import io.pms.log.conformance.LogUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A fresh log in the database server of the run, with the application's account. */
public final class MysqlUnderTest implements LogUnderTest {
    /** Long enough for a busy machine, short enough for a test that waits until it is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SharedServers.Database database = TestLog.freshDatabase();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @Override
    public EventLog open() {
        return opened(TestLog.open(database));
    }

    @Override
    public Wire openBehindAWire() throws IOException {
        BreakingProxy proxy = opened(new BreakingProxy(SharedServers.database().port()));
        return proxy.wire(
                opened(
                        MysqlEventLog.open(
                                DatabaseUrl.parse(proxy.through(database.applicationUrl())),
                                LogSettings.defaults().withTimeouts(PATIENCE, PATIENCE))));
    }

    @Override
    public String problem() {
        DatabaseUrl url = DatabaseUrl.parse(database.applicationUrl());
        return LogVerifier.verify(url, 0, LogVerifier.Progress.NONE).problem();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) closeNext();
    }

    private void closeNext() {
        try {
            opened.pop().close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
