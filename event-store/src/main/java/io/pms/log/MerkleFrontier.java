package io.pms.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of an RFC 6962 Merkle tree: the roots of its complete subtrees, the largest first.
 * It takes leaves and tells the root of all of them so far, in memory logarithmic in their number.
 * Not thread-safe.
 */
public final class MerkleFrontier {
    public static final int HASH_BYTES = 32;

    private final MessageDigest sha256 = newSha256();
    private final byte[][] roots = new byte[64][];
    private int depth;
    private long size;

    /** The empty tree. */
    public MerkleFrontier() {}

    /**
     * The frontier that {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException when the bytes cannot be a tree's of that size
     */
    public MerkleFrontier(long size, byte[] bytes) {
        if (size < 0 || bytes.length != Long.bitCount(size) * HASH_BYTES)
            throw new IllegalArgumentException(
                    "a frontier of "
                            + bytes.length
                            + " bytes does not belong to a tree of size "
                            + size);
        this.size = size;
        for (int at = 0; at < bytes.length; at += HASH_BYTES)
            roots[depth++] = Arrays.copyOfRange(bytes, at, at + HASH_BYTES);
    }

    public MerkleFrontier copy() {
        return new MerkleFrontier(size, toBytes());
    }

    public long size() {
        return size;
    }

    /** Adds the leaf of an entry, SHA-256(0 ‖ entry), and answers it. */
    public byte[] append(byte[] entry) {
        return append(entry, entry.length);
    }

    /** The same of an entry at the beginning of an array. */
    byte[] append(byte[] bytes, int length) {
        sha256.update((byte) 0);
        sha256.update(bytes, 0, length);
        byte[] leafHash = sha256.digest();
        appendLeaf(leafHash);
        return leafHash;
    }

    /** Adds a leaf whose hash is known. */
    public void appendLeaf(byte[] leafHash) {
        appendSubtree(leafHash, 0);
    }

    /**
     * Adds all leaves of another tree.
     *
     * @throws IllegalArgumentException when this tree ends where the other's largest complete
     *     subtree cannot begin
     */
    void append(MerkleFrontier next) {
        int height = Long.SIZE - Long.numberOfLeadingZeros(next.size);
        for (int i = 0; i < next.depth; i++) {
            height = highestBitBelow(next.size, height);
            appendSubtree(next.roots[i], height);
        }
    }

    private static int highestBitBelow(long size, int bit) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(size & ((1L << bit) - 1));
    }

    private void appendSubtree(byte[] root, int height) {
        if ((size & ((1L << height) - 1)) != 0)
            throw new IllegalArgumentException(
                    "a subtree of 2^" + height + " leaves cannot begin at " + size);
        byte[] hash = root;
        for (long bits = size >>> height; (bits & 1) == 1; bits >>>= 1)
            hash = node(roots[--depth], hash);
        roots[depth++] = hash;
        size += 1L << height;
    }

    /** The root over all leaves so far; SHA-256 of nothing for the empty tree. */
    public byte[] root() {
        if (depth == 0) return sha256.digest();
        byte[] hash = roots[depth - 1];
        for (int i = depth - 2; i >= 0; i--) hash = node(roots[i], hash);
        return hash.clone();
    }

    private byte[] node(byte[] left, byte[] right) {
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The complete subtrees, the largest first, next to each other. */
    List<Subtree> subtrees() {
        List<Subtree> subtrees = new ArrayList<>(depth);
        long first = 0;
        for (byte[] root : Arrays.asList(roots).subList(0, depth)) {
            long leaves = Long.highestOneBit(size - first);
            subtrees.add(new Subtree(first, leaves, root));
            first += leaves;
        }
        return subtrees;
    }

    /**
     * @param first its first leaf
     * @param leaves how many it has, a power of two
     */
    record Subtree(long first, long leaves, byte[] root) {
        boolean hasRoot(byte[] other) {
            return Arrays.equals(root, other);
        }

        long last() {
            return first + leaves - 1;
        }
    }

    /** 32 bytes for each one bit of the size, the largest subtree first. */
    public byte[] toBytes() {
        byte[] bytes = new byte[depth * HASH_BYTES];
        for (int i = 0; i < depth; i++)
            System.arraycopy(roots[i], 0, bytes, i * HASH_BYTES, HASH_BYTES);
        return bytes;
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
