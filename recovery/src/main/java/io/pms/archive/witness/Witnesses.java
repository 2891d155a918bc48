package io.pms.archive.witness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.NoteSignature;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TileSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets cosignatures for a checkpoint that is about to be published: from all witnesses side by
 * side, within one time limit, however slow or wrong they are. To be called by one thread; the
 * status may be asked for by any.
 */
public final class Witnesses implements Function<SignedNote, List<NoteSignature>>, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Witnesses.class);

    private final List<Peer> peers;
    private final int quorum;
    private final Duration timeout;
    private final TileSource tiles;
    private final InstantSource clock;
    private final HttpClient http;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int cosignatures;

    /**
     * @param quorum how many must cosign before a checkpoint is published; 0 for as many as do
     * @param timeout for all of it; a checkpoint is so much later at most
     * @param tiles of the log, with those of the checkpoints that are asked for
     * @throws IllegalArgumentException when there are fewer witnesses than the quorum, or one twice
     */
    public Witnesses(
            List<Witness> witnesses,
            int quorum,
            Duration timeout,
            TileSource tiles,
            InstantSource clock) {
        requireSense(witnesses, quorum, timeout);
        this.peers = witnesses.stream().map(Peer::new).toList();
        this.quorum = quorum;
        this.timeout = timeout;
        this.tiles = tiles;
        this.clock = clock;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build();
    }

    private static void requireSense(List<Witness> witnesses, int quorum, Duration timeout) {
        if (quorum < 0 || quorum > witnesses.size())
            throw new IllegalArgumentException(
                    "PMS_WITNESS_QUORUM is "
                            + quorum
                            + ", and PMS_WITNESSES names "
                            + witnesses.size());
        if (!timeout.isPositive())
            throw new IllegalArgumentException("PMS_WITNESS_TIMEOUT must be positive");
        if (witnesses.stream().map(Witness::key).distinct().count() < witnesses.size())
            throw new IllegalArgumentException("PMS_WITNESSES names a witness twice");
    }

    /** Registers what can be watched of them, where there are any. */
    public void watchedBy(MeterRegistry meters) {
        if (peers.isEmpty()) return;
        Gauge.builder("pms.archive.cosignatures", this, each -> each.cosignatures)
                .description("Witnesses that cosigned the last checkpoint of this process")
                .register(meters);
    }

    /** Each of them. */
    public List<WitnessStatus> status() {
        return peers.stream().map(Peer::status).toList();
    }

    /**
     * Cosignatures that are right, at most one of each witness.
     *
     * @param note a checkpoint, signed by the log, whose tiles are stored
     * @throws QuorumException when there are too few
     */
    @Override
    public List<NoteSignature> apply(SignedNote note) {
        if (peers.isEmpty()) return List.of();
        List<Peer> asked = willing();
        Proofs proofs = new Proofs(Checkpoint.parse(note.text()), tiles);
        List<NoteSignature> cosigned = collect(asked, ask(asked, note, proofs), proofs.size());
        cosignatures = cosigned.size();
        if (cosigned.size() < quorum)
            throw new QuorumException(
                    "%d of %d witnesses cosigned the checkpoint of %,d entries, and PMS_WITNESS_QUORUM wants %d: %s"
                            .formatted(
                                    cosigned.size(),
                                    peers.size(),
                                    proofs.size(),
                                    quorum,
                                    failures()));
        return cosigned;
    }

    /** Those that do not rest, if they can be enough. */
    private List<Peer> willing() {
        List<Peer> awake = peers.stream().filter(peer -> !peer.rests()).toList();
        return awake.size() < quorum ? peers : awake;
    }

    private List<Future<NoteSignature>> ask(List<Peer> asked, SignedNote note, Proofs proofs) {
        List<Callable<NoteSignature>> tasks = new ArrayList<>();
        for (Peer peer : asked) {
            var call = new AddCheckpointCall(http, peer.witness(), note, proofs, timeout);
            tasks.add(() -> call.cosign(peer.status().size()));
        }
        try {
            return calls.invokeAll(tasks, timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuorumException("stopped while witnesses were asked");
        }
    }

    private List<NoteSignature> collect(
            List<Peer> asked, List<Future<NoteSignature>> answers, long size) {
        List<NoteSignature> cosigned = new ArrayList<>();
        Instant now = clock.instant();
        for (int i = 0; i < asked.size(); i++)
            switch (answers.get(i).state()) {
                case SUCCESS -> {
                    asked.get(i).cosigned(size, now);
                    cosigned.add(answers.get(i).resultNow());
                }
                case FAILED -> failed(asked.get(i), answers.get(i).exceptionNow());
                case CANCELLED, RUNNING -> late(asked.get(i));
            }
        return cosigned;
    }

    private void late(Peer peer) {
        failed(
                peer,
                WitnessException.refusal("it did not answer within " + timeout.toMillis() + " ms"));
    }

    private static void failed(Peer peer, Throwable why) {
        if (!peer.failed(why.getMessage())) return;
        String name = peer.witness().key().name();
        if (why instanceof WitnessException e && e.isContradiction())
            LOGGER.error("witness {} contradicts this log: {}", name, e.getMessage());
        else if (why instanceof WitnessException e)
            LOGGER.warn("witness {} did not cosign: {}", name, e.getMessage());
        else LOGGER.warn("witness {} could not be asked", name, why);
    }

    private List<String> failures() {
        return status().stream()
                .filter(each -> each.failure() != null)
                .map(each -> each.name() + ": " + each.failure())
                .toList();
    }

    @Override
    public void close() {
        calls.shutdownNow();
        http.shutdownNow();
    }
}
