package io.pms.objects;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a store and its HTTP server, a connection for each request, and spoils what a test
 * says.
 */
public final class FaultyWire implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    /** Does something else than passing an answer on. */
    public interface Fault {
        void answer(Request request, OutputStream client) throws Exception;
    }

    /**
     * @param head its first line and headers, with the empty line
     */
    public record Request(int target, String head, byte[] body) {
        public boolean is(String method) {
            return head.startsWith(method + " ");
        }

        public boolean has(String header) {
            return head.toLowerCase(Locale.ROOT).contains("\r\n" + header + ":");
        }

        public String path() {
            return head.split(" ", 3)[1];
        }

        /** About the object with this key, whatever the prefix. */
        public boolean isOf(String key) {
            return path().endsWith("/" + key);
        }

        /** What the server answers, all of it. */
        public byte[] forward() throws IOException {
            try (Socket server = new Socket("127.0.0.1", target)) {
                String closing = head.replaceFirst("\r\n", "\r\nConnection: close\r\n");
                server.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
                server.getOutputStream().write(body);
                return server.getInputStream().readAllBytes();
            }
        }
    }

    private static final Fault NONE = (request, client) -> client.write(request.forward());

    private final int target;
    private volatile ServerSocket listener;
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile Predicate<Request> exclusive = request -> false;
    private volatile Fault fault = NONE;

    public FaultyWire(int target) throws IOException {
        this.target = target;
        this.listener = listen(0);
    }

    private ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void spoil(Fault with) {
        fault = with;
    }

    /** Spoils nothing any more. */
    public void mend() {
        fault = NONE;
    }

    /** Refuses connections. */
    public void down() throws IOException {
        listener.close();
    }

    /** Takes them again, at the same port. */
    public void up() throws IOException {
        listener = listen(listener.getLocalPort());
    }

    /** Lets such requests through one after the other, for servers that are not atomic. */
    public FaultyWire oneAtATime(Predicate<Request> requests) {
        exclusive = requests;
        return this;
    }

    public List<Request> seen() {
        return seen;
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            Request request = read(client.getInputStream());
            seen.add(request);
            boolean alone = exclusive.test(request);
            if (alone) oneAtATime.lock();
            try {
                fault.answer(request, client.getOutputStream());
            } finally {
                if (alone) oneAtATime.unlock();
            }
        } catch (Exception e) {
            // the client sees a broken connection, which is the point
        }
    }

    private Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) throw new IOException("the client is gone");
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        return new Request(
                target,
                text,
                length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0]);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
