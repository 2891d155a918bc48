package io.pms.log;

import io.pms.log.conformance.LogUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands between a log and its database, and cuts the wire around an append. */
final class BreakingProxy implements AutoCloseable {
    private enum Break {
        BEFORE_IT_ARRIVES,
        BEFORE_IT_IS_ANSWERED,
        HOLD
    }

    private static final String APPEND = "ROLLBACK;START TRANSACTION;";

    private final ServerSocket listener;
    private final int target;
    private volatile @Nullable Break next;
    private volatile boolean broken;
    private volatile boolean refusing;
    private volatile boolean deliverOnReconnect;
    private volatile @Nullable Held held;

    BreakingProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    String through(String url) {
        return url.replace("127.0.0.1:" + target, "127.0.0.1:" + listener.getLocalPort());
    }

    /** The controls of a suite, for a log whose wire this is. */
    LogUnderTest.Wire wire(EventLog log) {
        return new Controls(log);
    }

    private final class Controls implements LogUnderTest.Wire {
        private final EventLog log;

        Controls(EventLog log) {
            this.log = log;
        }

        @Override
        public EventLog log() {
            return log;
        }

        @Override
        public void cutBeforeItArrives() {
            next = Break.BEFORE_IT_ARRIVES;
        }

        @Override
        public void cutBeforeItIsAnswered() {
            next = Break.BEFORE_IT_IS_ANSWERED;
        }

        @Override
        public void hold() {
            next = Break.HOLD;
        }

        @Override
        public void deliver() {
            deliverHeld();
        }

        @Override
        public void deliverWhenItsSenderIsBack() {
            deliverOnReconnect = true;
        }

        @Override
        public boolean hasBroken() {
            return broken;
        }

        @Override
        public void refuseNewConnections(boolean refuse) {
            refusing = refuse;
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                if (deliverOnReconnect && held != null) deliverHeld();
                Socket server = new Socket("127.0.0.1", target);
                Wire wire = new Wire(client, server);
                Thread.ofVirtual().start(wire::carryToServer);
                Thread.ofVirtual().start(wire::carryToClient);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void deliverHeld() {
        Held packet = held;
        if (packet == null) throw new IllegalStateException("nothing is held");
        held = null;
        packet.deliver();
    }

    /** An append that its sender has given up. */
    private record Held(byte[] packet, Socket server, CountDownLatch answered) {
        /** The server deals with all of it before it sees that nothing follows. */
        void send() throws IOException {
            server.getOutputStream().write(packet);
            server.shutdownOutput();
        }

        /** Returns when the server has dealt with it. */
        void deliver() {
            try {
                send();
                if (!answered.await(60, TimeUnit.SECONDS))
                    throw new IllegalStateException("the server did not answer");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Wire {
        private final Socket client;
        private final Socket server;
        private final CountDownLatch answered = new CountDownLatch(1);
        private volatile @Nullable Break breaking;

        Wire(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void carryToServer() {
            byte[] buffer = new byte[1 << 20];
            try (client) {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (next != null && isAppend(buffer, n)) {
                        breakHere(Arrays.copyOf(buffer, n));
                        return;
                    }
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException e) {
                // the other direction closed it
            } finally {
                if (breaking == null) close(server);
            }
        }

        /** The client's end is closed after it; the server's when the server has ended. */
        private void breakHere(byte[] packet) throws IOException {
            Break kind = next;
            next = null;
            breaking = kind;
            Held append = new Held(packet, server, answered);
            if (kind == Break.HOLD) held = append;
            else if (kind == Break.BEFORE_IT_IS_ANSWERED) append.send();
            else close(server);
            broken = true;
        }

        void carryToClient() {
            byte[] buffer = new byte[1 << 20];
            try (server;
                    client) {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (breaking != null) continue; // nobody is there to be answered
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException e) {
                // the other direction closed it
            } finally {
                answered.countDown();
            }
        }
    }

    private static boolean isAppend(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(APPEND);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
