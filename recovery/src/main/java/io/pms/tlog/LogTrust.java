package io.pms.tlog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom to believe about a log: its own keys, and witnesses. A witness does not speak for the log,
 * so a checkpoint needs the log's signature whatever else it has (C2SP tlog-proof, verifying).
 *
 * @param origin which log
 * @param logKeys of which one must have signed; several while a key is replaced
 * @param witnesses whose cosignatures must be right where they are
 * @param quorum how many of the witnesses must have signed
 */
public record LogTrust(
        String origin, List<NoteVerifier> logKeys, List<NoteVerifier> witnesses, int quorum) {
    /**
     * @throws IllegalArgumentException when there is no key of the log, a key of a witness is given
     *     for the log's or the other way round, a witness comes twice, or there are fewer than the
     *     quorum
     */
    public LogTrust {
        logKeys = List.copyOf(logKeys);
        witnesses = List.copyOf(witnesses);
        if (logKeys.isEmpty() || logKeys.stream().anyMatch(NoteVerifier::isCosigner))
            throw new IllegalArgumentException("a log needs a key that signs notes");
        if (!witnesses.stream().allMatch(NoteVerifier::isCosigner))
            throw new IllegalArgumentException("witnesses need keys that cosign");
        if (quorum < 0 || quorum > witnesses.size())
            throw new IllegalArgumentException(
                    "a quorum of " + quorum + " from " + witnesses.size() + " witnesses");
        requireDifferentKeys(witnesses);
    }

    /** A log whose key has its origin for a name, without witnesses. */
    public static LogTrust in(NoteVerifier logKey) {
        return new LogTrust(logKey.name(), List.of(logKey), List.of(), 0);
    }

    /** Cosignatures do not name the witness: one key under two names would count twice. */
    private static void requireDifferentKeys(List<NoteVerifier> witnesses) {
        for (int i = 0; i < witnesses.size(); i++)
            for (int j = 0; j < i; j++)
                if (witnesses.get(i).hasSameKey(witnesses.get(j)))
                    throw new IllegalArgumentException(
                            "the witnesses "
                                    + witnesses.get(j).name()
                                    + " and "
                                    + witnesses.get(i).name()
                                    + " have the same key");
    }

    /**
     * The checkpoint that a note is, when it can be believed.
     *
     * @throws FormatException when it is not a checkpoint
     * @throws UntrustedNoteException when it is another log's, is not signed by this one or by
     *     enough witnesses, or a signature of a known key is wrong
     */
    public Checkpoint open(SignedNote note) {
        List<NoteVerifier> known = new ArrayList<>(logKeys);
        known.addAll(witnesses);
        Set<NoteVerifier> signed = new HashSet<>();
        for (SignedNote.Attestation attestation : note.verify(known))
            signed.add(attestation.verifier());
        requireEnough(signed);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (!checkpoint.origin().equals(origin))
            throw new UntrustedNoteException(
                    "it is a checkpoint of "
                            + FormatException.quote(checkpoint.origin())
                            + ", and not of "
                            + origin);
        return checkpoint;
    }

    private void requireEnough(Set<NoteVerifier> signed) {
        if (logKeys.stream().noneMatch(signed::contains))
            throw new UntrustedNoteException("no key of the log " + origin + " signed it");
        long cosigned = witnesses.stream().filter(signed::contains).count();
        if (cosigned < quorum)
            throw new UntrustedNoteException(
                    cosigned + " of the known witnesses signed it, and " + quorum + " must");
    }
}
