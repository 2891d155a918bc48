package io.pms.tlog;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The way from a node up to the root, by the siblings on it (RFC 6962, section 2.1.1). A node
 * without a sibling, at the right edge, stands for itself one level up.
 *
 * @param node which of the nodes of its height, from 0
 * @param last the last node of that height, complete or not
 */
record AuditPath(long node, long last) {
    /** How many siblings there are. */
    int length() {
        int length = 0;
        for (AuditPath at = this; at.last > 0; at = at.up()) if (at.hasSibling()) length++;
        return length;
    }

    private AuditPath up() {
        return new AuditPath(node >>> 1, last >>> 1);
    }

    private boolean isRight() {
        return (node & 1) == 1;
    }

    private boolean hasSibling() {
        return isRight() || node < last;
    }

    /**
     * The siblings, the lowest first.
     *
     * @param height of the node
     * @param size of the tree
     */
    List<Hash> siblings(int height, long size, HashSource source) {
        List<Hash> siblings = new ArrayList<>();
        int atHeight = height;
        for (AuditPath at = this; at.last > 0; at = at.up(), atHeight++)
            if (at.hasSibling()) siblings.add(at.sibling(atHeight, size, source));
        return siblings;
    }

    private Hash sibling(int height, long size, HashSource source) {
        if (isRight()) return source.hash(height, node - 1);
        if (node + 1 < last) return source.hash(height, node + 1);
        return Subtrees.root(source, last << height, size);
    }

    /** The root over everything, when the node has this hash. */
    Hash root(Hash hash, List<Hash> siblings) {
        Iterator<Hash> next = siblings.iterator();
        Hash root = hash;
        for (AuditPath at = this; at.last > 0; at = at.up())
            if (at.isRight()) root = Hash.node(next.next(), root);
            else if (at.hasSibling()) root = Hash.node(root, next.next());
        return root;
    }

    /** The root over this node and all before it: over siblings to the left only. */
    Hash rootUpToNode(Hash hash, List<Hash> siblings) {
        Iterator<Hash> next = siblings.iterator();
        Hash root = hash;
        for (AuditPath at = this; at.last > 0; at = at.up())
            if (at.isRight()) root = Hash.node(next.next(), root);
            else if (at.hasSibling()) next.next();
        return root;
    }
}
