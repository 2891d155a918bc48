package io.pms.tlog;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** RFC 6962, section 2.1, word for word: slow, recursive, and without anything that is tested. */
final class ReferenceTree {
    /** The leaves that Certificate Transparency implementations test with. */
    static final List<byte[]> CT_ENTRIES =
            Stream.of(
                            "",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f")
                    .map(HexFormat.of()::parseHex)
                    .toList();

    private ReferenceTree() {}

    static List<Hash> ctLeaves() {
        return CT_ENTRIES.stream().map(Hash::leaf).toList();
    }

    static List<Hash> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Hash.leaf(TextLines.encode("e" + i)))
                .toList();
    }

    static Hash hex(String hex) {
        return Hash.of(HexFormat.of().parseHex(hex));
    }

    static Hash root(List<Hash> leaves) {
        int n = leaves.size();
        if (n == 0) return Hash.EMPTY_ROOT;
        if (n == 1) return leaves.getFirst();
        int k = split(n);
        return Hash.node(root(leaves.subList(0, k)), root(leaves.subList(k, n)));
    }

    /** PATH(m, D[n]). */
    static List<Hash> path(int m, List<Hash> leaves) {
        int n = leaves.size();
        if (n == 1) return List.of();
        int k = split(n);
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, n);
        return m < k ? plus(path(m, left), root(right)) : plus(path(m - k, right), root(left));
    }

    /** PROOF(m, D[n]). */
    static List<Hash> proof(int m, List<Hash> leaves) {
        return m == 0 ? List.of() : subproof(m, leaves, true);
    }

    private static List<Hash> subproof(int m, List<Hash> leaves, boolean whole) {
        int n = leaves.size();
        if (m == n) return whole ? List.of() : List.of(root(leaves));
        int k = split(n);
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, n);
        return m <= k
                ? plus(subproof(m, left, whole), root(right))
                : plus(subproof(m - k, right, false), root(left));
    }

    /** The largest power of two below n. */
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }

    private static List<Hash> plus(List<Hash> hashes, Hash last) {
        List<Hash> all = new ArrayList<>(hashes);
        all.add(last);
        return all;
    }

    /** Prints its seed, with which a failure can be had again. */
    static Random random() {
        long seed = Long.getLong("pms.seed", System.nanoTime());
        System.out.println("pms.seed=" + seed);
        return new Random(seed);
    }
}
