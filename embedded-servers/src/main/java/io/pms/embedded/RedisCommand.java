package io.pms.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One command to a Redis on this machine, on a connection of its own. */
final class RedisCommand {
    private static final int TIMEOUT_MILLIS = 2_000;

    private RedisCommand() {}

    /**
     * The answer: a line, or a text in one piece; a list's parts with a line each.
     *
     * @throws IllegalStateException when Redis refuses it
     */
    static String run(int port, List<String> command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            send(socket.getOutputStream(), command);
            return answer(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("Redis on port " + port + " does not answer", e);
        }
    }

    /**
     * Whether it has loaded its data: until then it accepts connections and answers {@code
     * -LOADING}.
     */
    static boolean isReady(int port) {
        try {
            return run(port, List.of("PING")).equals("PONG");
        } catch (IllegalStateException | UncheckedIOException e) {
            return false;
        }
    }

    private static void send(OutputStream out, List<String> command) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes, "*" + command.size());
        for (String part : command) {
            write(bytes, "$" + part.getBytes(StandardCharsets.UTF_8).length);
            write(bytes, part);
        }
        out.write(bytes.toByteArray());
        out.flush();
    }

    private static void write(ByteArrayOutputStream out, String line) {
        out.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(InputStream in) throws IOException {
        String line = line(in);
        if (line.startsWith("-")) throw new IllegalStateException(line.substring(1));
        if (line.startsWith("*")) return list(in, Integer.parseInt(line.substring(1)));
        if (!line.startsWith("$")) return line.substring(1);
        byte[] text = in.readNBytes(Integer.parseInt(line.substring(1)));
        line(in);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String list(InputStream in, int size) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < size; i++) {
            String part = answer(in);
            lines.append(part).append('\n');
        }
        return lines.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new IOException("the connection was closed");
            if (next != '\r') line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
