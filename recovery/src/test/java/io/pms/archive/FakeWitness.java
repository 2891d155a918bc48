package io.pms.archive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pms.archive.witness.Witness;
import io.pms.tlog.AddCheckpoint;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.Cosigner;
import io.pms.tlog.Hash;
import io.pms.tlog.LogTrust;
import io.pms.tlog.NoteSignature;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.ProofException;
import io.pms.tlog.UntrustedNoteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A witness as C2SP tlog-witness wants it, on a port of its own, or one that breaks a rule. */
final class FakeWitness implements AutoCloseable {
    /** How it behaves. */
    enum Manner {
        HONEST,
        /** Answers after longer than anybody waits. */
        SLOW,
        /** Sends the beginning of an answer, and then nothing. */
        TRICKLING,
        FAILING,
        REDIRECTING,
        /** Cosigns another text. */
        FORGING,
        /** Signs with a key that nobody has asked for. */
        MASKED,
        /** Knows a checkpoint that is larger than the log. */
        AHEAD,
        /** Is always somewhere else. */
        STUBBORN,
        /** Says 409 without a size. */
        MUTE,
        RAMBLING,
        FLOODING,
        NOT_KNOWING_THE_LOG,
        NOT_TRUSTING_THE_LOG,
        SEEING_A_FORK
    }

    private final HttpServer server;
    private final Cosigner key;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private volatile Manner manner;
    private volatile LogTrust log;
    private long size;
    private Hash root = Hash.EMPTY_ROOT;

    FakeWitness(String name, Manner manner) {
        this.manner = manner;
        this.key = Cosigner.generate(name, new SecureRandom());
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/witness/add-checkpoint", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Its operator adds a log. */
    FakeWitness knowing(LogTrust trust) {
        log = trust;
        return this;
    }

    /** As if it had seen another history. */
    synchronized void haveSeen(long entries, Hash otherRoot) {
        size = entries;
        root = otherRoot;
    }

    void behave(Manner other) {
        manner = other;
    }

    Witness witness() {
        return new Witness(
                key.verifier(),
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/witness/"));
    }

    NoteVerifier verifier() {
        return key.verifier();
    }

    int requests() {
        return requests.get();
    }

    int conflicts() {
        return conflicts.get();
    }

    synchronized long size() {
        return size;
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            AddCheckpoint request = AddCheckpoint.decode(body);
            switch (manner) {
                case HONEST -> cosign(exchange, request);
                case SLOW -> {
                    sleep();
                    cosign(exchange, request);
                }
                case TRICKLING -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write('—');
                    exchange.getResponseBody().flush();
                    sleep();
                }
                case FAILING -> answer(exchange, 500, "text/plain", "out of order\n");
                case REDIRECTING -> {
                    exchange.getResponseHeaders().add("Location", "/witness/add-checkpoint");
                    answer(exchange, 307, "text/plain", "");
                }
                case FORGING -> answer(exchange, 200, "text/plain", sign(key, other(request)));
                case MASKED ->
                        answer(
                                exchange,
                                200,
                                "text/plain",
                                sign(
                                        Cosigner.generate("mask.example", new SecureRandom()),
                                        checkpoint(request)));
                case AHEAD -> conflict(exchange, checkpoint(request).size() + 1_000_000);
                case STUBBORN -> conflict(exchange, request.proof().oldSize() == 1 ? 0 : 1);
                case MUTE -> answer(exchange, 409, "text/plain", "no\n");
                case RAMBLING -> answer(exchange, 200, "text/plain", "Dear log,\n");
                case FLOODING -> answer(exchange, 200, "text/plain", "—".repeat(1 << 20));
                case NOT_KNOWING_THE_LOG -> answer(exchange, 404, "text/plain", "");
                case NOT_TRUSTING_THE_LOG -> answer(exchange, 403, "text/plain", "");
                case SEEING_A_FORK -> answer(exchange, 422, "text/plain", "");
            }
        } catch (UntrustedNoteException e) {
            answer(exchange, 403, "text/plain", e.getMessage());
        } catch (ProofException e) {
            answer(exchange, 422, "text/plain", e.getMessage());
        }
    }

    /** Longer than any test waits. */
    private static void sleep() {
        try {
            Thread.sleep(120_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void cosign(HttpExchange exchange, AddCheckpoint request)
            throws IOException {
        Checkpoint checkpoint = log.open(request.checkpoint());
        if (request.proof().oldSize() != size) {
            conflicts.incrementAndGet();
            conflict(exchange, size);
            return;
        }
        request.proof().verify(root, checkpoint.root());
        size = checkpoint.size();
        root = checkpoint.root();
        answer(exchange, 200, "text/plain; charset=utf-8", sign(key, checkpoint));
    }

    private static Checkpoint checkpoint(AddCheckpoint request) {
        return Checkpoint.parse(request.checkpoint().text());
    }

    private static Checkpoint other(AddCheckpoint request) {
        Checkpoint asked = checkpoint(request);
        return new Checkpoint(asked.origin(), asked.size() + 1, asked.root());
    }

    private static String sign(Cosigner signer, Checkpoint checkpoint) {
        NoteSignature signature = signer.sign(checkpoint, System.currentTimeMillis() / 1_000);
        return signature + "\n";
    }

    private static void conflict(HttpExchange exchange, long size) throws IOException {
        answer(exchange, 409, "text/x.tlog.size", size + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
