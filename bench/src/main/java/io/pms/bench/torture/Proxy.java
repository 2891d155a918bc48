package io.pms.bench.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one writer and the database. It breaks connections at any byte, and holds an
 * append back until the writer has given it up, to let it reach the server after all.
 */
final class Proxy implements AutoCloseable {
    /** A cut that falls behind the next packets meets one of a later append. */
    private static final int MOST_BYTES_TO_SERVER = 4_000;

    /** The answer to an append has some 80 bytes. */
    private static final int MOST_BYTES_TO_CLIENT = 120;

    private final ServerSocket listener;
    private final int target;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Late> late = new AtomicReference<>();
    final Counts counts = new Counts();

    /** What has happened on the wires of a writer. */
    static final class Counts {
        final AtomicInteger cuts = new AtomicInteger();
        final AtomicInteger held = new AtomicInteger();
        final AtomicInteger lateStored = new AtomicInteger();
        final AtomicInteger lateStopped = new AtomicInteger();
        final AtomicInteger lateLost = new AtomicInteger();
    }

    /**
     * How an append is held back.
     *
     * @param breakNow whether its client's connection breaks at once; else the client waits for its
     *     timeout
     * @param holdMillis after the client has gone
     */
    record Late(boolean breakNow, int holdMillis) {}

    Proxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 200, loopback());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    /** The same database, on the way through here. */
    String through(String url) {
        return url.replace("127.0.0.1:" + target, "127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // closed, or there is no server now: the client is told by its broken connection
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Wire wire = new Wire(this, client, new Socket(loopback(), target));
            wires.add(wire);
            wire.start();
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    void ended(Wire wire) {
        wires.remove(wire);
    }

    /** Cuts every connection after a few more bytes in either direction. */
    void cut(Random random) {
        for (Wire wire : wires) {
            boolean toServer = random.nextBoolean();
            int bytes = random.nextInt(toServer ? MOST_BYTES_TO_SERVER : MOST_BYTES_TO_CLIENT);
            wire.cutAfter(toServer, bytes, random.nextInt(3) == 0);
        }
    }

    /** Holds the next append back. */
    void delayNextAppend(Late how) {
        late.set(how);
    }

    @Nullable Late takeLate() {
        return late.getAndSet(null);
    }

    @Override
    public void close() {
        try {
            listener.close();
            wires.forEach(Wire::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
