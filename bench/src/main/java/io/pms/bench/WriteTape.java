package io.pms.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Commands to Redis in a file, as they go over the wire: recorded once, sent as often as one likes.
 * Only commands whose answer is a single line.
 */
final class WriteTape implements AutoCloseable {
    /** Commands that are sent together. */
    private static final int BLOCK = 1_000;

    /** Blocks that may wait for answers: enough that Redis always has something to do. */
    private static final int BLOCKS_IN_FLIGHT = 16;

    private static final long BLOCK_TIMEOUT_SECONDS = 30;
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final OutputStream out;
    private final List<Integer> blockBytes = new ArrayList<>();
    private long commands;
    private int bytes;

    WriteTape(Path file) throws IOException {
        this.file = file;
        this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    }

    void add(List<byte[]> arguments) throws IOException {
        text("*" + arguments.size() + "\r\n");
        for (byte[] argument : arguments) {
            text("$" + argument.length + "\r\n");
            write(argument);
            text("\r\n");
        }
        if (++commands % BLOCK == 0) endBlock();
    }

    private void text(String text) throws IOException {
        write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void write(byte[] more) throws IOException {
        out.write(more);
        bytes += more.length;
    }

    private void endBlock() {
        blockBytes.add(bytes);
        bytes = 0;
    }

    /** Nothing is added any more. */
    void end() throws IOException {
        if (bytes > 0) endBlock();
        out.close();
    }

    long commands() {
        return commands;
    }

    /**
     * Sends everything on one connection, without waiting for each answer, and returns when all are
     * there.
     *
     * @throws ExecutionException when Redis refuses a command, or does not answer
     */
    void send(BenchRedis redis) throws Exception {
        Semaphore free = new Semaphore(BLOCKS_IN_FLIGHT);
        try (InputStream in = Files.newInputStream(file);
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
                Socket socket = redis.socket()) { // closed first, which ends the thread
            Future<?> answers = thread.submit(() -> readAnswers(socket.getInputStream(), free));
            for (int size : blockBytes) {
                byte[] block = in.readNBytes(size);
                if (!free.tryAcquire(BLOCK_TIMEOUT_SECONDS, TimeUnit.SECONDS)) socket.close();
                if (answers.isDone() || socket.isClosed()) break; // told by what comes of answers
                socket.getOutputStream().write(block);
            }
            answers.get();
        }
    }

    private boolean readAnswers(InputStream socket, Semaphore free) throws IOException {
        InputStream in = new BufferedInputStream(socket, BUFFER_BYTES);
        try {
            for (long answers = 1; answers <= commands; answers++) {
                readAnswer(in);
                if (answers % BLOCK == 0) free.release();
            }
            return true;
        } finally {
            free.release(); // who waits sees that this has ended
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        int first = in.read();
        StringBuilder refusal = new StringBuilder();
        for (int next = first; next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("Redis has closed the connection");
            if (first == '-') refusal.append((char) next);
        }
        if (first == '-') throw new IOException("Redis refuses a write: " + refusal);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
