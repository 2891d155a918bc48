package io.pms.bench.torture;

import io.pms.log.DatabaseUrl;
import io.pms.log.EventLog;
import io.pms.log.LogSettings;
import io.pms.log.LogUnavailableException;
import io.pms.log.MysqlEventLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A writer in a process of its own. It tells the checker what its clients try and are told, a line
 * each on its standard output, and takes orders from its standard input: {@code pending KEY},
 * {@code reopen}, and the end of it, after which it decides what is pending and ends.
 */
final class WriterMain {
    static final Duration SOCKET_TIMEOUT = Duration.ofMillis(1_500);
    static final Duration RESOLVE_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final DatabaseUrl url;
    private final Queue<Key> pending = new ConcurrentLinkedQueue<>();
    private final PrintStream out = System.out;
    private final CountDownLatch finishing = new CountDownLatch(1);
    private volatile MysqlEventLog log;

    private WriterMain(DatabaseUrl url) throws InterruptedException {
        this.url = url;
        this.log = open();
    }

    static LogSettings settings() {
        return LogSettings.defaults().withTimeouts(SOCKET_TIMEOUT, RESOLVE_TIMEOUT);
    }

    /**
     * @param arguments its name ({@code writer.incarnation}), the seed, the number of clients, the
     *     database
     */
    static void main(String[] arguments) throws Exception {
        WriterMain writer = new WriterMain(DatabaseUrl.parse(arguments[3]));
        long seed = Long.parseLong(arguments[1]);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++)
            clients.add(
                    new Client(
                            arguments[0] + "." + i,
                            seed + i,
                            writer::log,
                            writer.pending,
                            writer::tell));
        writer.work(clients);
        System.exit(0);
    }

    private EventLog log() {
        return log;
    }

    /** One write a line: a kill leaves whole lines and at most one that is cut off. */
    private synchronized void tell(Told told) {
        byte[] line = (told.line() + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(line, 0, line.length);
        out.flush();
    }

    private void work(List<Client> clients) throws InterruptedException, IOException {
        List<Thread> threads = new ArrayList<>();
        for (Client client : clients) threads.add(Thread.startVirtualThread(() -> run(client)));
        obey();
        finishing.countDown();
        for (Thread thread : threads) thread.join();
        log.close();
    }

    private void run(Client client) {
        try {
            while (!finishing.await(client.pauseMillis(), TimeUnit.MILLISECONDS)) client.act();
            client.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void obey() throws IOException, InterruptedException {
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            if (line.equals("reopen")) reopen();
            else pending.add(Key.parse(line.substring("pending ".length())));
        }
    }

    /** Closes the log while clients append, as an orderly stop of a process does. */
    private void reopen() throws InterruptedException {
        log.close();
        log = open();
        tell(new Told.Reopened());
    }

    private MysqlEventLog open() throws InterruptedException {
        long deadline = System.nanoTime() + OPEN_TIMEOUT.toNanos();
        while (true) {
            try {
                return MysqlEventLog.open(url, settings());
            } catch (LogUnavailableException e) {
                if (System.nanoTime() > deadline) throw e;
                Thread.sleep(RETRY);
            }
        }
    }
}
