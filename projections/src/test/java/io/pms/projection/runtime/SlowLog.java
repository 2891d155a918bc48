package io.pms.projection.runtime;

import io.pms.entry.Entry;
import io.pms.log.EventLog;
import io.pms.log.Head;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A log whose answers arrive late: they say what was so a moment ago, and less than was asked. */
final class SlowLog extends ForwardingLog {
    private final int millis;

    /**
     * @param millis how long an answer is under way at most
     */
    SlowLog(EventLog log, int millis) {
        super(log);
        this.millis = millis;
    }

    private <T> T late(T answer) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(millis + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    @Override
    public Head head() {
        return late(super.head());
    }

    @Override
    public List<Entry> read(long from, int limit) {
        return late(super.read(from, 1 + ThreadLocalRandom.current().nextInt(limit)));
    }

    @Override
    public List<Entry> readAt(List<Long> positions) {
        return late(super.readAt(positions));
    }
}
