package io.pms.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/** Ports on 127.0.0.1. */
public final class Ports {
    private static final int LOWEST = 10_000;

    /** The system gives the ports above to connections, which could take one before its server. */
    private static final int HIGHEST = 30_000;

    /** So many taken ones in a row mean that none can be had. */
    private static final int ATTEMPTS = 1_000;

    private Ports() {}

    /**
     * One that is free, and that no system gives to connections: it is still free a while later.
     */
    public static int free() {
        return free(Ports::isFree);
    }

    /** One that is free together with the next, which a platform's management takes. */
    public static int freePair() {
        return free(port -> isFree(port) && isFree(port + 1));
    }

    private static int free(IntPredicate wanted) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (wanted.test(port)) return port;
        }
        throw new IllegalStateException(
                "no free port among %d of those from %d to %d"
                        .formatted(ATTEMPTS, LOWEST, HIGHEST));
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // taken
        }
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
