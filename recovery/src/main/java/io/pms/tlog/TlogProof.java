package io.pms.tlog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves without a network that an entry is in a log: its index, an inclusion proof, and the signed
 * checkpoint to which that leads (C2SP tlog-proof, version 1). Nothing is verified before {@link
 * #verify}.
 *
 * @param extra whatever an application adds, null for nothing; neither signed nor proved
 * @param index of the entry in the log
 * @param hashes of the inclusion proof
 * @param checkpoint a note whose text is a checkpoint
 */
public record TlogProof(
        byte @Nullable [] extra, long index, List<Hash> hashes, SignedNote checkpoint) {
    /** For the name of a file. */
    public static final String FILE_EXTENSION = ".tlog-proof";

    private static final String FORMAT = "tlog-proof";
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final int MAX_BYTES = 2 * SignedNote.MAX_BYTES;

    /** As many as a tree of 2^63 leaves needs. */
    private static final int MAX_HASHES = 63;

    /**
     * @throws IllegalArgumentException when the checkpoint's tree does not have the index
     * @throws FormatException when the note is not a checkpoint
     */
    public TlogProof {
        extra = extra == null ? null : extra.clone();
        hashes = List.copyOf(hashes);
        if (extra != null && extra.length == 0)
            throw new IllegalArgumentException("extra data cannot be empty");
        inclusion(index, hashes, checkpoint);
    }

    public TlogProof(InclusionProof proof, SignedNote checkpoint) {
        this(null, proof.index(), proof.hashes(), checkpoint);
    }

    private static InclusionProof inclusion(long index, List<Hash> hashes, SignedNote checkpoint) {
        return new InclusionProof(index, Checkpoint.parse(checkpoint.text()).size(), hashes);
    }

    @Override
    public byte @Nullable [] extra() {
        return extra == null ? null : extra.clone();
    }

    /**
     * Reads a proof.
     *
     * @throws FormatException unless it is what {@link #encode} writes
     */
    public static TlogProof decode(byte[] utf8) {
        TextLines lines = TextLines.decode(FORMAT, utf8, MAX_BYTES);
        if (!lines.next().equals(HEADER)) throw lines.fault("it should be " + HEADER);
        byte[] extra = lines.rest().startsWith("extra ") ? extra(lines) : null;
        long index = lines.number(lines.next("index"));
        List<Hash> hashes = lines.hashes(MAX_HASHES);
        SignedNote checkpoint = SignedNote.parse(lines.rest());
        try {
            return new TlogProof(extra, index, hashes, checkpoint);
        } catch (IllegalArgumentException e) {
            throw FormatException.of(FORMAT, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] extra(TextLines lines) {
        try {
            return Base64Text.decode(lines.next("extra"));
        } catch (IllegalArgumentException e) {
            throw lines.fault("it is not canonical base64");
        }
    }

    /** The whole file, in UTF-8. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        if (extra != null) text.append("extra ").append(Base64Text.encode(extra)).append('\n');
        text.append("index ").append(index).append('\n');
        for (Hash hash : hashes) text.append(hash).append('\n');
        return TextLines.encode(text.append('\n').append(checkpoint).toString());
    }

    /**
     * The checkpoint of the log that has this entry at this index.
     *
     * @param entry its bytes as they are in the log
     * @throws UntrustedNoteException when the checkpoint cannot be believed
     * @throws ProofException when the entry is not proved to be there
     */
    public Checkpoint verify(byte[] entry, LogTrust trust) {
        Checkpoint trusted = trust.open(checkpoint);
        new InclusionProof(index, trusted.size(), hashes).verify(Hash.leaf(entry), trusted.root());
        return trusted;
    }
}
