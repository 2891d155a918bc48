package io.pms.log;

/** Asked before a log is made in a database that has none. */
@FunctionalInterface
public interface NewLogGuard {
    NewLogGuard NONE = logId -> {};

    /**
     * @throws IllegalStateException when there must be no new log, saying what to do
     */
    void beforeNewLog(int logId);
}
