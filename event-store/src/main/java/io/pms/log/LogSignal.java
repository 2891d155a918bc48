package io.pms.log;

import java.util.function.LongConsumer;

/**
 * Carries the news that a log has grown between processes, for example by Redis publish and
 * subscribe. It may lose or repeat news: it only makes readers look sooner.
 */
public interface LogSignal {
    /** Tells the others; must not block or throw. */
    void publish(int logId, long size);

    /** Calls back with what others tell of this log. */
    EventLog.Subscription listen(int logId, LongConsumer onSize);

    /** No news: readers find out by reading the head. */
    LogSignal NONE =
            new LogSignal() {
                @Override
                public void publish(int logId, long size) {}

                @Override
                public EventLog.Subscription listen(int logId, LongConsumer onSize) {
                    return () -> {};
                }
            };
}
