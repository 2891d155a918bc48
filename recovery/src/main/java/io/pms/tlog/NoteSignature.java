package io.pms.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A signature as it stands under a note: {@code — name base64(id ‖ bytes)} (C2SP signed-note).
 * Nothing is verified yet. Immutable.
 */
public final class NoteSignature {
    private static final String PREFIX = "— ";

    private final KeyName key;
    private final byte[] bytes;

    NoteSignature(KeyName key, byte[] bytes) {
        if (bytes.length == 0) throw new IllegalArgumentException("the signature is empty");
        this.key = key;
        this.bytes = bytes.clone();
    }

    /**
     * A line that no key has made. Whoever reads a note ignores it, as every signature of a key
     * that he does not know.
     *
     * @throws IllegalArgumentException when there are no bytes, or the name cannot be a key's
     */
    public static NoteSignature ofNobody(String name, byte[] bytes) {
        return new NoteSignature(new KeyName(name, 0), bytes);
    }

    /**
     * Reads lines of signatures and nothing else, as a witness answers them.
     *
     * @throws FormatException when there are none, too many, or one is not in its only form
     */
    public static List<NoteSignature> parseAll(byte[] utf8) {
        return parseAll(TextLines.decode("signatures", utf8, SignedNote.MAX_BYTES));
    }

    static List<NoteSignature> parseAll(TextLines lines) {
        List<NoteSignature> signatures = new ArrayList<>();
        do {
            String line = lines.next();
            if (signatures.size() == SignedNote.MAX_SIGNATURES)
                throw lines.fault("more than " + SignedNote.MAX_SIGNATURES + " signatures");
            try {
                signatures.add(parse(line));
            } catch (IllegalArgumentException e) {
                throw lines.fault("not a signature: " + FormatException.quote(line));
            }
        } while (lines.hasNext());
        return signatures;
    }

    private static NoteSignature parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !line.startsWith(PREFIX))
            throw new IllegalArgumentException("not three words");
        ByteBuffer idAndBytes = ByteBuffer.wrap(Base64Text.decode(parts[2]));
        if (idAndBytes.remaining() <= Integer.BYTES) throw new IllegalArgumentException("empty");
        KeyName key = new KeyName(parts[1], idAndBytes.getInt());
        byte[] bytes = new byte[idAndBytes.remaining()];
        idAndBytes.get(bytes);
        return new NoteSignature(key, bytes);
    }

    /** Who is said to have signed: a name, and the id of its key. */
    KeyName key() {
        return key;
    }

    public String name() {
        return key.name();
    }

    public int keyId() {
        return key.id();
    }

    /** What was made with the key, without its id. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Without a newline. */
    String line() {
        ByteBuffer idAndBytes = ByteBuffer.allocate(Integer.BYTES + bytes.length);
        return PREFIX
                + name()
                + " "
                + Base64Text.encode(idAndBytes.putInt(keyId()).put(bytes).array());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature signature
                && key.equals(signature.key)
                && Arrays.equals(bytes, signature.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return line();
    }
}
