package io.pms.query.live;

import io.pms.http.HangUp;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A response that is written to as fast as its client takes it; meanwhile the writer waits. One
 * thread writes, any other may end it, at once.
 *
 * <p>The writer waits here and not in the web server, which could not be told to let it go: a
 * blocking write ends when the client has taken it, or after a time that is the connector's.
 */
final class Outlet {
    private final HangUp hangUp;
    private final Duration stall;
    private final AsyncContext context;
    private final ServletOutputStream out;

    /** Released when it may be writable, or has ended. */
    private final Semaphore changed = new Semaphore(0);

    /** No use of the response may overlap with its end, after which it is somebody else's. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Before that the request's own thread is still at work: hanging up would leave it open. */
    private boolean started;

    private boolean ended;
    private volatile long lastUsedNanos = System.nanoTime();

    private Outlet(HttpServletRequest request, HttpServletResponse response, Duration stall)
            throws IOException {
        this.hangUp = HangUp.of(request);
        this.stall = stall;
        this.context = request.startAsync(request, response);
        this.out = response.getOutputStream();
    }

    /** The client has gone, or the stream was ended. */
    static final class EndedException extends IOException {
        private EndedException() {
            super("the stream has ended");
        }
    }

    /** The client has taken nothing for too long. */
    static final class StalledException extends IOException {
        private StalledException(Duration stall) {
            super("the client has taken nothing for " + stall.toMillis() + " ms");
        }
    }

    /**
     * Begins the response.
     *
     * @param greeting sent at once: a response that ends before anything was written never reaches
     *     the client
     * @param stall how long a client may take nothing
     */
    static Outlet open(
            HttpServletRequest request,
            HttpServletResponse response,
            byte[] greeting,
            Duration stall)
            throws IOException {
        response.getOutputStream().write(greeting);
        response.flushBuffer();
        Outlet outlet = new Outlet(request, response, stall);
        Listener listener = outlet.new Listener();
        outlet.context.setTimeout(0); // a stream has no end
        outlet.context.addListener(listener);
        outlet.out.setWriteListener(listener);
        return outlet;
    }

    /**
     * Writes when the client has taken what was written before, but for what buffers hold.
     *
     * @throws IOException when the client is not there any more, or does not take it
     */
    void write(byte[] bytes) throws IOException, InterruptedException {
        whenReady(() -> out.write(bytes));
    }

    /** Sends what was written. */
    void flush() throws IOException, InterruptedException {
        whenReady(out::flush);
    }

    /** How long nothing was written. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsedNanos);
    }

    private interface Use {
        void run() throws IOException;
    }

    private void whenReady(Use use) throws IOException, InterruptedException {
        while (true) {
            lock.lockInterruptibly();
            try {
                if (ended) throw new EndedException();
                if (out.isReady()) {
                    use.run();
                    lastUsedNanos = System.nanoTime();
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (!changed.tryAcquire(stall.toNanos(), TimeUnit.NANOSECONDS))
                throw new StalledException(stall);
        }
    }

    /** Ends it. What its client has not taken yet is lost with the connection. */
    void end() {
        lock.lock();
        try {
            if (ended) return;
            ended = true;
            if (started) close();
        } finally {
            lock.unlock();
        }
        changed.release();
    }

    private void close() {
        if (out.isReady()) context.complete();
        else hangUp.now();
    }

    private void writable() {
        lock.lock();
        try {
            if (ended && !started) context.complete();
            started = true;
        } finally {
            lock.unlock();
        }
        changed.release();
    }

    private void failed() {
        lock.lock();
        try {
            ended = true;
            context.complete();
        } catch (IllegalStateException e) {
            // it is being completed already
        } finally {
            lock.unlock();
        }
        changed.release();
    }

    private final class Listener implements AsyncListener, WriteListener {
        @Override
        public void onWritePossible() {
            writable();
        }

        /** Told of writing, and then of the request. */
        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onError(AsyncEvent event) {
            failed();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
