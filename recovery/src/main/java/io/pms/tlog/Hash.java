package io.pms.tlog;

import io.pms.log.MerkleFrontier;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A SHA-256 hash in a Merkle tree as RFC 6962, section 2.1, defines it. Immutable. */
public final class Hash {
    public static final int BYTES = MerkleFrontier.HASH_BYTES;

    /** The root of a tree without leaves: SHA-256 of nothing. */
    public static final Hash EMPTY_ROOT = new Hash(sha256().digest());

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException unless there are 32 bytes
     */
    public static Hash of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static Hash of(byte[] bytes, int from, int to) {
        if (to - from != BYTES)
            throw new IllegalArgumentException("a hash has 32 bytes, not " + (to - from));
        return new Hash(Arrays.copyOfRange(bytes, from, to));
    }

    /**
     * Reads padded standard base64.
     *
     * @throws IllegalArgumentException unless it is canonical and of 32 bytes
     */
    public static Hash parse(String base64) {
        return of(Base64Text.decode(base64));
    }

    /** SHA-256(0 ‖ entry). */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        return new Hash(digest.digest(entry));
    }

    /** SHA-256(1 ‖ left ‖ right). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update((byte) 1);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Its 32 bytes, as a copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Padded standard base64. */
    @Override
    public String toString() {
        return Base64Text.encode(bytes);
    }
}
