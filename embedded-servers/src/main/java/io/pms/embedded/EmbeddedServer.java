package io.pms.embedded;

/** A server of our own, as a child process on 127.0.0.1. */
public abstract sealed class EmbeddedServer implements AutoCloseable
        permits EmbeddedDatabase, EmbeddedRedis, EmbeddedKafka {
    private final int port;

    @SuppressWarnings("NullAway.Init") // begin() is the last thing that constructors do
    private ServerProcess process;

    /**
     * @param port 0 for any free one
     */
    EmbeddedServer(int port) {
        this.port = port == 0 ? Ports.free() : port;
    }

    /** Starts the process and waits until it serves. */
    abstract ServerProcess launch();

    final void begin() {
        process = launch();
    }

    public final int port() {
        return port;
    }

    /** The server's process; another one after each {@link #restart}. */
    public final long pid() {
        return process.pid();
    }

    public final boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the server at once, as a power cut would. */
    public final void kill() {
        process.kill();
    }

    /** Stops it from running without ending it; {@link #resume} goes on. */
    public final void suspend() {
        process.signal("STOP");
    }

    public final void resume() {
        process.signal("CONT");
    }

    /** Starts it again after {@link #kill} or {@link #close}, on the same port and data. */
    public final void restart() {
        if (process.isAlive()) process.stop();
        begin();
    }

    /** Stops it in order. */
    @Override
    public final void close() {
        process.stop();
    }
}
