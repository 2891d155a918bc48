package io.pms.projection.runtime;

import io.pms.log.EventLog;
import io.pms.log.LogSignal;
import java.util.function.LongConsumer;

/** Processes that have the same log open hear of each other's appends at once. */
public final class RedisLogSignal implements LogSignal {
    private final RedisNews news;

    public RedisLogSignal(RedisNews news) {
        this.news = news;
    }

    private String channel(int logId) {
        return news.channel("log-" + logId);
    }

    @Override
    public void publish(int logId, long size) {
        news.publish(channel(logId), Long.toString(size));
    }

    @Override
    public EventLog.Subscription listen(int logId, LongConsumer onSize) {
        news.listen(channel(logId), text -> onSize.accept(Long.parseLong(text)));
        return () -> news.stopListening(channel(logId));
    }
}
