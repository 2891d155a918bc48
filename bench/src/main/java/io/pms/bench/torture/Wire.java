package io.pms.bench.torture;

import io.pms.bench.torture.Proxy.Late;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy, a thread for each direction. */
final class Wire {
    /** A client that does not give up by then never will. */
    private static final int CLIENT_TIMEOUT_MILLIS = 30_000;

    /** A server that is suspended meanwhile answers a late packet later than that. */
    private static final int LATE_ANSWER_TIMEOUT_MILLIS = 15_000;

    private final Proxy proxy;
    private final Socket client;
    private final Socket server;
    private final Allowance toServer = new Allowance();
    private final Allowance toClient = new Allowance();
    private final CompletableFuture<AtomicInteger> verdict = new CompletableFuture<>();
    private volatile boolean late;

    Wire(Proxy proxy, Socket client, Socket server) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        Thread.ofVirtual().name("to-server").start(() -> run(this::pumpToServer));
        Thread.ofVirtual().name("to-client").start(() -> run(this::pumpToClient));
    }

    /**
     * @param silently whether it looks open after it: the rest is lost without a word
     */
    void cutAfter(boolean fromClient, int bytes, boolean silently) {
        (fromClient ? toServer : toClient).cutAfter(bytes, silently);
    }

    private interface Pump {
        void run() throws IOException, InterruptedException;
    }

    private void run(Pump pump) {
        try {
            pump.run();
        } catch (IOException e) {
            // either side has closed it, or the proxy
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (late) judge(proxy.counts.lateLost);
            close();
        }
    }

    private void pumpToServer() throws IOException, InterruptedException {
        for (byte[] packet = next(client); packet != null; packet = next(client)) {
            Late held = MySqlPackets.isAppend(packet) ? proxy.takeLate() : null;
            if (held != null) {
                deliverLate(packet, held);
                return;
            }
            toServer.forward(packet, server.getOutputStream());
        }
    }

    private static byte @Nullable [] next(Socket from) throws IOException {
        return MySqlPackets.read(from.getInputStream());
    }

    /** The client has given up, perhaps has fenced and looked; only then the server gets it. */
    private void deliverLate(byte[] packet, Late held) throws IOException, InterruptedException {
        late = true;
        proxy.counts.held.incrementAndGet();
        if (held.breakNow()) client.close();
        else awaitEndOfClient();
        Thread.sleep(held.holdMillis());
        server.getOutputStream().write(packet);
        try {
            verdict.get(LATE_ANSWER_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the server did not answer a late packet", e);
        }
    }

    private void awaitEndOfClient() throws IOException {
        client.setSoTimeout(CLIENT_TIMEOUT_MILLIS);
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private void pumpToClient() throws IOException {
        for (byte[] packet = next(server); packet != null; packet = next(server)) {
            if (!late) toClient.forward(packet, client.getOutputStream());
            else if (MySqlPackets.isError(packet)) judge(proxy.counts.lateStopped);
            else if (MySqlPackets.isLastResult(packet)) judge(proxy.counts.lateStored);
        }
    }

    /** Counts once what became of a late packet. */
    private void judge(AtomicInteger count) {
        if (verdict.complete(count)) count.incrementAndGet();
    }

    void close() {
        closeQuietly(client);
        closeQuietly(server);
        proxy.ended(this);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone, which is what is wanted
        }
    }

    /** How many more bytes pass in one direction. */
    private final class Allowance {
        private long left = Long.MAX_VALUE;
        private boolean silently;
        private boolean cut;

        synchronized void cutAfter(int bytes, boolean quiet) {
            left = bytes;
            silently = quiet;
        }

        synchronized void forward(byte[] packet, OutputStream out) throws IOException {
            int passing = (int) Math.min(left, packet.length);
            out.write(packet, 0, passing);
            out.flush();
            if (left == Long.MAX_VALUE) return;
            left -= passing;
            if (passing == packet.length) return;
            if (!cut) proxy.counts.cuts.incrementAndGet();
            cut = true;
            if (!silently) throw new IOException("cut");
        }
    }
}
