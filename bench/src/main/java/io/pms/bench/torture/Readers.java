package io.pms.bench.torture;

import io.pms.log.DatabaseUrl;
import io.pms.log.EventLog;
import io.pms.log.MysqlEventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Those who read all the time, over two handles of the log that are not the writers'. */
final class Readers implements AutoCloseable {
    private static final long CAUGHT_UP_NANOS = 120_000_000_000L;

    private final MysqlEventLog log;
    private final MysqlEventLog second;
    private final List<LogReader> tails;
    private final StreamReader streams;
    private final HeadReader heads;
    private final List<Thread> threads = new ArrayList<>();

    Readers(DatabaseUrl url, long seed, Consumer<Violation> report) {
        this.log = MysqlEventLog.open(url, WriterMain.settings());
        this.second = MysqlEventLog.open(url, WriterMain.settings());
        this.tails =
                List.of(
                        new LogReader("reader-1", log, seed + 1, report),
                        new LogReader("reader-2", log, seed + 2, report),
                        new LogReader("reader-3", second, seed + 3, report));
        this.streams = new StreamReader("reader-4", second, seed + 4, report);
        this.heads = new HeadReader("reader-5", log, seed + 5);
        tails.forEach(this::start);
        start(streams);
        start(heads);
    }

    private void start(Runnable reader) {
        threads.add(Thread.ofPlatform().name("reader-" + (threads.size() + 1)).start(reader));
    }

    EventLog log() {
        return log;
    }

    /** What each has seen up to now. */
    List<Seen> seen() {
        return Stream.concat(tails.stream().map(LogReader::sight), streams.sights().stream())
                .map(Sight::seen)
                .toList();
    }

    List<SeenHead> heads() {
        return heads.heads();
    }

    /** Waits until all have heard of that many events; tells of one that does not. */
    void awaitAll(long size, Consumer<Violation> report) throws InterruptedException {
        long deadline = System.nanoTime() + CAUGHT_UP_NANOS;
        for (LogReader tail : tails) {
            while (tail.sight().next() < size && System.nanoTime() < deadline) Thread.sleep(50);
            if (tail.sight().next() < size)
                report.accept(
                        new Violation(
                                Invariant.PROGRESS,
                                tail.sight().seen().reader()
                                        + " does not hear of event "
                                        + tail.sight().next()
                                        + " of "
                                        + size));
        }
    }

    @Override
    public void close() throws InterruptedException {
        tails.forEach(LogReader::stop);
        streams.stop();
        heads.stop();
        for (Thread thread : threads) thread.join();
        log.close();
        second.close();
    }
}
