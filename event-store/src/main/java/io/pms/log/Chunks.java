package io.pms.log;

import io.pms.entry.EntryBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a log in chunks, several at once, each worker over a connection of its own: the database
 * sends one while another is hashed.
 */
final class Chunks implements AutoCloseable {
    /** Beyond this a database has other things to do too. */
    private static final int MAX_WORKERS = 8;

    interface Source {
        Connection open() throws SQLException;
    }

    private final Source source;
    private final int logId;
    private final long size;
    private final int chunkEvents;
    private final List<CompletableFuture<Chunk>> chunks = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param chunkEvents a power of two
     */
    Chunks(Source source, int logId, long size, int chunkEvents) {
        this.source = source;
        this.logId = logId;
        this.size = size;
        this.chunkEvents = chunkEvents;
        for (long from = 0; from < size; from += chunkEvents) chunks.add(new CompletableFuture<>());
        int count =
                Math.min(
                        Math.min(Runtime.getRuntime().availableProcessors(), MAX_WORKERS),
                        chunks.size());
        for (int i = 0; i < count; i++)
            workers.add(Thread.ofPlatform().daemon().name("verify-" + i).unstarted(this::work));
    }

    void start() {
        workers.forEach(Thread::start);
    }

    int count() {
        return chunks.size();
    }

    /**
     * @throws LogUnavailableException when the database does not answer
     */
    Chunk await(int index) {
        try {
            return chunks.get(index).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SQLException cause)
                throw new LogUnavailableException(
                        "the database stopped answering: " + cause.getMessage(), cause);
            throw e;
        }
    }

    private void work() {
        EntryBuffer buffer = new EntryBuffer();
        try (Connection connection = source.open()) {
            for (int i = next.getAndIncrement();
                    i < chunks.size() && !closed;
                    i = next.getAndIncrement()) {
                long from = (long) i * chunkEvents;
                long to = Math.min(from + chunkEvents, size);
                chunks.get(i).complete(Chunk.read(connection, logId, from, to, buffer));
            }
        } catch (SQLException | RuntimeException e) {
            closed = true;
            for (CompletableFuture<Chunk> chunk : chunks) chunk.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
