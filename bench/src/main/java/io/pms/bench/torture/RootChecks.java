package io.pms.bench.torture;

import io.pms.log.MerkleFrontier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Whether every head that was ever seen follows from the entries before it. */
final class RootChecks {
    private RootChecks() {}

    static void check(History history, Violations violations) {
        List<SeenHead> heads = new ArrayList<>(history.heads());
        heads.add(history.head());
        order(heads, violations);
        heads.sort(Comparator.comparingLong(SeenHead::size));
        Queue<SeenHead> left = new ArrayDeque<>(heads);
        MerkleFrontier merkle = new MerkleFrontier();
        compare(left, merkle, history.log(), violations);
        for (Stored event : history.log()) {
            merkle.appendLeaf(event.leaf());
            compare(left, merkle, history.log(), violations);
        }
        for (SeenHead head : left)
            violations.add(
                    Invariant.COMMIT_ORDERED,
                    "%s has seen a log of %d events, there are %d",
                    head.by(),
                    head.size(),
                    history.log().size());
    }

    /** Size, epoch and recorded time only grow. */
    private static void order(List<SeenHead> heads, Violations violations) {
        Map<String, SeenHead> lastOf = new HashMap<>();
        for (SeenHead head : heads) {
            SeenHead before = lastOf.getOrDefault(head.by(), head);
            lastOf.put(head.by(), head);
            if (head.size() < before.size() || head.epoch() < before.epoch())
                violations.add(
                        Invariant.COMMIT_ORDERED, "the head went back from %s to %s", before, head);
            if (head.recordedTimeMicros() < before.recordedTimeMicros())
                violations.add(
                        Invariant.RECORDED_TIME, "the head went back from %s to %s", before, head);
        }
    }

    private static void compare(
            Queue<SeenHead> left, MerkleFrontier merkle, List<Stored> log, Violations violations) {
        if (left.isEmpty() || left.element().size() != merkle.size()) return;
        String root = OutcomeChecks.hex(merkle.root());
        int size = Math.toIntExact(merkle.size());
        long from = size == 0 ? 0 : log.get(size - 1).recordedTimeMicros();
        long to = size == log.size() ? Long.MAX_VALUE : log.get(size).recordedTimeMicros();
        while (!left.isEmpty() && left.element().size() == size)
            compare(left.remove(), root, from, to, violations);
    }

    private static void compare(
            SeenHead head, String root, long from, long to, Violations violations) {
        if (!head.root().equals(root))
            violations.add(
                    Invariant.ROOTS,
                    "%s has seen the root %s of %d events, whose root is %s",
                    head.by(),
                    head.root(),
                    head.size(),
                    root);
        if (head.recordedTimeMicros() < from || head.recordedTimeMicros() > to)
            violations.add(
                    Invariant.RECORDED_TIME,
                    "%s has seen the recorded time %d at size %d, between entries of %d and %d",
                    head.by(),
                    head.recordedTimeMicros(),
                    head.size(),
                    from,
                    to);
    }
}
