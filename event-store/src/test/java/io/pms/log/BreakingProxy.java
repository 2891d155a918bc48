package io.pms.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Stands between a log and its database, and cuts the wire around an append. */
final class BreakingProxy implements AutoCloseable {
    enum Cut {
        BEFORE_PACKET,
        BEFORE_ANSWER
    }

    private static final byte[] APPEND =
            "ROLLBACK;START TRANSACTION;".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;
    private final int target;
    private volatile @Nullable Cut next;
    private volatile boolean cut;
    private volatile boolean refusing;

    BreakingProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    String through(String url) {
        return url.replace("127.0.0.1:" + target, "127.0.0.1:" + listener.getLocalPort());
    }

    void cutNextAppend(Cut kind) {
        next = kind;
    }

    boolean hasCut() {
        return cut;
    }

    void refuseNewConnections(boolean refuse) {
        refusing = refuse;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket server = new Socket("127.0.0.1", target);
                Wire wire = new Wire(client, server);
                Thread.ofVirtual().start(() -> wire.pump(client, server, true));
                Thread.ofVirtual().start(() -> wire.pump(server, client, false));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private final class Wire {
        private final Socket client;
        private final Socket server;
        private volatile boolean swallowAnswer;

        Wire(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to, boolean toServer) {
            byte[] buffer = new byte[1 << 20];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (toServer && next != null && isAppend(Arrays.copyOf(buffer, n))) {
                        Cut kind = next;
                        next = null;
                        cut = true;
                        if (kind == Cut.BEFORE_PACKET) return;
                        swallowAnswer = true;
                    }
                    if (!toServer && swallowAnswer) return;
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException e) {
                // the other direction closed it
            } finally {
                close(client);
                close(server);
            }
        }
    }

    private static boolean isAppend(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .contains(new String(APPEND, StandardCharsets.ISO_8859_1));
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
