package io.pms.tlog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * A text and signatures under it (C2SP signed-note). Do not believe the text before {@link #verify}
 * has returned.
 *
 * @param text of lines, the last of which ends too
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** The specification wants 16 at least; this is what Go's implementation takes. */
    public static final int MAX_SIGNATURES = 100;

    /** Checkpoints have some hundred bytes, and a signature of the future some 5,000. */
    public static final int MAX_BYTES = 1_000_000;

    private static final String FORMAT = "note";

    /**
     * @throws IllegalArgumentException when the text does not end with a newline, has other control
     *     characters, or there are no signatures or too many
     */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || TextLines.hasControl(text.replace("\n", "")))
            throw new IllegalArgumentException("the text of a note consists of whole lines");
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES)
            throw new IllegalArgumentException(
                    "a note has 1 to " + MAX_SIGNATURES + " signatures, not " + signatures.size());
        TextLines.encode(text);
    }

    /** A checkpoint that its log signs. */
    public static SignedNote sign(Checkpoint checkpoint, NoteSigner signer) {
        String text = checkpoint.text();
        return new SignedNote(text, List.of(signer.sign(text)));
    }

    /** The same note with more signatures under it. */
    public SignedNote with(List<NoteSignature> more) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.addAll(more);
        return new SignedNote(text, all);
    }

    /** The same note without the signatures that have this name. Another one must be under it. */
    public SignedNote without(String name) {
        return new SignedNote(
                text, signatures.stream().filter(each -> !each.name().equals(name)).toList());
    }

    /**
     * Reads a note.
     *
     * @throws FormatException unless it is what {@link #encode} writes, or when it is longer than
     *     {@link #MAX_BYTES}
     */
    public static SignedNote decode(byte[] utf8) {
        return parse(TextLines.decode(FORMAT, utf8, MAX_BYTES).rest());
    }

    /** The last empty line is between the text, which may have others, and the signatures. */
    static SignedNote parse(String note) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0) throw FormatException.of(FORMAT, "there is no empty line before signatures");
        String text = note.substring(0, end + 1);
        TextLines rest = new TextLines(FORMAT + ", below its text", note.substring(end + 2));
        return new SignedNote(text, NoteSignature.parseAll(rest));
    }

    /** Its UTF-8. */
    public byte[] encode() {
        return TextLines.encode(toString());
    }

    /**
     * Whose signatures they are, of those who are known. Others' are ignored, also when they have
     * the name of one that is known.
     *
     * @throws UntrustedNoteException when a signature with the name and id of a known key is not
     *     made with it, or there is no signature of a known key
     */
    public List<Attestation> verify(Collection<NoteVerifier> known) {
        List<Attestation> attestations = new ArrayList<>();
        for (NoteSignature signature : signatures)
            for (NoteVerifier verifier : known)
                if (verifier.isNamedBy(signature)) attestations.add(attest(verifier, signature));
        if (attestations.isEmpty())
            throw new UntrustedNoteException("none of its signatures is by a known key");
        return attestations;
    }

    private Attestation attest(NoteVerifier verifier, NoteSignature signature) {
        if (!verifier.verifies(text, signature))
            throw new UntrustedNoteException("the signature of " + verifier.name() + " is wrong");
        return new Attestation(verifier, verifier.timeSeconds(signature));
    }

    /**
     * That a key signed a note.
     *
     * @param timeSeconds since 1970, when it is a witness's; nothing tells whether it is true
     */
    public record Attestation(NoteVerifier verifier, OptionalLong timeSeconds) {}

    /** The note as it is written. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) note.append(signature.line()).append('\n');
        return note.toString();
    }
}
