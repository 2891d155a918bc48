package io.pms.archive;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.LogTrust;
import io.pms.tlog.NoteSignature;
import io.pms.tlog.NoteSigner;
import io.pms.tlog.NoteVerifier;
import io.pms.tlog.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The keys that sign a log's checkpoints. Where there are several all of them sign: so whoever
 * knows the old one only and whoever knows the new one only both believe it while a key is
 * replaced.
 *
 * @param origin of the log; the name of its keys too
 * @param witnesses cosign what the log has signed, before it is published
 */
record LogKeys(
        String origin,
        List<NoteSigner> signers,
        Function<SignedNote, List<NoteSignature>> witnesses) {
    LogKeys {
        signers = List.copyOf(signers);
        if (signers.isEmpty()) throw new IllegalArgumentException("a log needs a signing key");
    }

    /**
     * @param seeds of 32 bytes each
     */
    static LogKeys ofSeeds(String origin, List<byte[]> seeds) {
        return new LogKeys(
                origin,
                seeds.stream().map(seed -> NoteSigner.fromSeed(origin, seed)).toList(),
                note -> List.of());
    }

    LogKeys cosignedBy(Function<SignedNote, List<NoteSignature>> others) {
        return new LogKeys(origin, signers, others);
    }

    List<NoteVerifier> verifiers() {
        return signers.stream().map(NoteSigner::verifier).toList();
    }

    LogTrust trust() {
        return new LogTrust(origin, verifiers(), List.of(), 0);
    }

    /** Whether the log's signatures under a note are said to be these keys', and no other's. */
    boolean areThoseOf(SignedNote note) {
        List<NoteSignature> own =
                note.signatures().stream().filter(each -> each.name().equals(origin)).toList();
        return own.size() == signers.size()
                && verifiers().stream().allMatch(key -> own.stream().anyMatch(key::isNamedBy));
    }

    SignedNote sign(Checkpoint checkpoint) {
        SignedNote own = signAlone(checkpoint);
        return own.with(witnesses.apply(own));
    }

    /** Without witnesses. */
    SignedNote signAlone(Checkpoint checkpoint) {
        SignedNote note = SignedNote.sign(checkpoint, signers.getFirst());
        return note.with(signers.stream().skip(1).map(signer -> signer.sign(note.text())).toList());
    }

    /**
     * Names them in the archive, so that an auditor without keys can at least tell whose they are.
     */
    void publish(ObjectStore store) {
        String text =
                verifiers().stream()
                        .map(NoteVerifier::text)
                        .collect(Collectors.joining("\n", "", "\n"));
        store.put(
                new NewObject(
                        Archive.KEYS,
                        text.getBytes(StandardCharsets.UTF_8),
                        "text/plain; charset=utf-8",
                        "no-cache",
                        false),
                Condition.always());
    }
}
