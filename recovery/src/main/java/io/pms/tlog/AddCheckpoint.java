package io.pms.tlog;

/**
 * What a witness is asked: to cosign a checkpoint, which a proof shows to be consistent with the
 * one it cosigned before (C2SP tlog-witness, add-checkpoint). Nothing is verified yet.
 *
 * @param proof from the size that the witness knows, 0 at first, to the checkpoint's
 */
public record AddCheckpoint(ConsistencyProof proof, SignedNote checkpoint) {
    private static final String FORMAT = "add-checkpoint request";

    /** As many as the specification lets a client send. */
    private static final int MAX_HASHES = 63;

    private static final int MAX_BYTES = SignedNote.MAX_BYTES + 4_096;

    /**
     * @throws IllegalArgumentException when the proof leads to another size than the checkpoint's,
     *     or is longer than a witness takes
     * @throws FormatException when the note is not a checkpoint
     */
    public AddCheckpoint {
        long size = Checkpoint.parse(checkpoint.text()).size();
        if (proof.newSize() != size || proof.hashes().size() > MAX_HASHES)
            throw new IllegalArgumentException(
                    proof
                            + " with "
                            + proof.hashes().size()
                            + " hashes is not for a checkpoint of size "
                            + size);
    }

    /**
     * Reads the body of a request.
     *
     * @throws FormatException unless it is what {@link #encode} writes, or the old size is larger
     *     than the checkpoint's
     */
    public static AddCheckpoint decode(byte[] utf8) {
        TextLines lines = TextLines.decode(FORMAT, utf8, MAX_BYTES);
        long oldSize = lines.number(lines.next("old"));
        var hashes = lines.hashes(MAX_HASHES);
        SignedNote checkpoint = SignedNote.parse(lines.rest());
        long newSize = Checkpoint.parse(checkpoint.text()).size();
        if (oldSize > newSize)
            throw FormatException.atLine(
                    FORMAT, 1, "old size " + oldSize + " is beyond the checkpoint's " + newSize);
        return new AddCheckpoint(new ConsistencyProof(oldSize, newSize, hashes), checkpoint);
    }

    /** The body of the request, in UTF-8. */
    public byte[] encode() {
        StringBuilder body = new StringBuilder("old ").append(proof.oldSize()).append('\n');
        for (Hash hash : proof.hashes()) body.append(hash).append('\n');
        return TextLines.encode(body.append('\n').append(checkpoint).toString());
    }
}
