package io.pms.tlog;

/** Roots over leaves that are not a power of two, from those that are. */
final class Subtrees {
    private Subtrees() {}

    /**
     * The root over some leaves (RFC 6962, section 2.1), at least one.
     *
     * @param from a multiple of a power of two that is not less than their number
     * @param to the one after the last
     */
    static Hash root(HashSource source, long from, long to) {
        long end = to;
        Hash root = last(source, from, end);
        for (end -= Long.lowestOneBit(end - from); end > from; end -= Long.lowestOneBit(end - from))
            root = Hash.node(last(source, from, end), root);
        return root;
    }

    /** The smallest and last of the complete subtrees. */
    private static Hash last(HashSource source, long from, long end) {
        int height = Long.numberOfTrailingZeros(end - from);
        return source.hash(height, (end >>> height) - 1);
    }
}
