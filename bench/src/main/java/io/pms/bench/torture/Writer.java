package io.pms.bench.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One writer through all of its incarnations, behind a proxy of its own. */
final class Writer implements AutoCloseable {
    /** Its clients decide what is pending in less, or say what they cannot decide. */
    private static final long FINISH_SECONDS = 120;

    private static final long DUMP_SECONDS = 2;

    private final int number;
    private final Setup setup;
    private final Proxy proxy;
    private volatile WriterProcess process;
    private volatile boolean ending;
    private int incarnation;

    /**
     * What all writers have in common.
     *
     * @param home where their logs are
     */
    record Setup(String url, int port, Path home, long seed, int clients, Ledger ledger) {}

    Writer(int number, Setup setup) throws IOException {
        this.number = number;
        this.setup = setup;
        this.proxy = new Proxy(setup.port());
        this.process = launch();
    }

    /** The next incarnation, which repeats what the one before left unknown. */
    private WriterProcess launch() {
        WriterProcess next =
                WriterProcess.start(
                        number + "." + incarnation,
                        setup.seed() + 1_000L * number + 100_000L * incarnation,
                        setup.clients(),
                        proxy.through(setup.url()),
                        setup.home().resolve("writer-" + number + ".log"),
                        setup.ledger());
        incarnation++;
        for (Key key : setup.ledger().undecided(number)) next.order("pending " + key);
        return next;
    }

    int number() {
        return number;
    }

    Proxy proxy() {
        return proxy;
    }

    void kill() throws InterruptedException {
        ending = true;
        process.kill();
    }

    void startAgain() {
        process = launch();
        ending = false;
    }

    void suspend() {
        process.suspend();
    }

    void resume() {
        process.resume();
    }

    void reopen() {
        process.order("reopen");
    }

    /** How often it was started. */
    int incarnations() {
        return incarnation;
    }

    boolean hasEndedByItself() {
        return !ending && !process.isAlive();
    }

    void noMoreOrders() {
        ending = true;
        process.noMoreOrders();
    }

    /**
     * Waits for an orderly end; what is wrong when it does not come. The log of one that has not
     * ended tells what its threads do.
     */
    @Nullable String finish() throws InterruptedException {
        String wrong = process.finish(FINISH_SECONDS);
        if (wrong == null || !process.isAlive()) return wrong;
        process.dump();
        process.finish(DUMP_SECONDS);
        return wrong;
    }

    @Override
    public void close() {
        process.destroy();
        proxy.close();
    }
}
