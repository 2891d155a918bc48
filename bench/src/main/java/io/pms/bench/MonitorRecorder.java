package io.pms.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * Records the plain commands by which scripts change builds of projections, while something is
 * built. What they read is left out, and so is what is not a build's: leases, and who works.
 */
final class MonitorRecorder {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Longer lines are not the one that ends the recording. */
    private static final int LONGEST_ECHO = 200;

    private static final Pattern BUILD =
            Pattern.compile("\\{[^}]*}:\\d+\\.\\d+:.*", Pattern.DOTALL);

    private static final Set<String> WRITES =
            Set.of(
                    "HSET", "HDEL", "HINCRBY", "HSETNX", "ZADD", "ZREM", "SET", "RPUSH", "DEL",
                    "UNLINK");

    private static final Set<String> READS =
            Set.of("GET", "HGET", "HMGET", "HGETALL", "HKEYS", "HLEN", "EXISTS");

    private final InputStream in;
    private final WriteTape tape;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private byte[] line = new byte[1_024];
    private int length;

    private MonitorRecorder(Socket socket, WriteTape tape) throws IOException {
        this.in = socket.getInputStream();
        this.tape = tape;
    }

    /** What is to be recorded. */
    interface Work {
        void run() throws Exception;
    }

    /** Records what the work leads to. */
    static void record(BenchRedis redis, WriteTape tape, Work work) throws Exception {
        String end = "end of " + UUID.randomUUID();
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
                Socket socket = redis.socket()) { // closed first, which ends the thread
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            MonitorRecorder recorder = new MonitorRecorder(socket, tape);
            recorder.requireOk();
            Future<?> recording = thread.submit(() -> recorder.recordUntil(end));
            work.run();
            redis.commands().echo(end);
            recording.get();
        }
        tape.end();
    }

    private void requireOk() throws IOException {
        readLine();
        String answer = new String(line, 0, length, StandardCharsets.US_ASCII);
        if (!answer.equals("+OK")) throw new IOException("MONITOR was answered " + answer);
    }

    private boolean recordUntil(String end) throws IOException {
        while (true) {
            readLine();
            MonitorLine monitored = new MonitorLine(line, length);
            if (monitored.isOfScript()) record(monitored.arguments());
            else if (length <= LONGEST_ECHO && monitored.contains(end)) return true;
        }
    }

    private void record(List<byte[]> arguments) throws IOException {
        if (arguments.size() < 2) return;
        String key = new String(arguments.get(1), StandardCharsets.UTF_8);
        if (!BUILD.matcher(key).matches()) return;
        String command =
                new String(arguments.get(0), StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
        if (WRITES.contains(command)) tape.add(arguments);
        else if (!READS.contains(command))
            throw new IllegalStateException(command + " is known neither to read nor to write");
    }

    private void readLine() throws IOException {
        length = 0;
        for (byte next = next(); next != '\n'; next = next()) {
            if (next == '\r') continue;
            if (length == line.length) line = Arrays.copyOf(line, 2 * length);
            line[length++] = next;
        }
    }

    private byte next() throws IOException {
        if (from == to) {
            to = in.read(buffer);
            from = 0;
            if (to < 0) throw new EOFException("Redis has closed the connection");
        }
        return buffer[from++];
    }
}
