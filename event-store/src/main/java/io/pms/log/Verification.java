package io.pms.log;

import io.pms.log.Damage.Kind;
import io.pms.log.LogVerifier.Result;
import io.pms.log.MerkleFrontier.Subtree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts the chunks of a log together, in order, and says what is wrong with all of it. */
final class Verification {
    private final int logId;
    private final HeadRow head;
    private final List<Long> outside;
    private final MerkleFrontier tree = new MerkleFrontier();
    private final List<Damage> damages = new ArrayList<>();
    private long unnamed;
    private long recordedTime = Long.MIN_VALUE;

    /**
     * @param outside positions that are not within the head's size
     */
    Verification(int logId, HeadRow head, List<Long> outside) {
        this.logId = logId;
        this.head = head;
        this.outside = outside;
    }

    void take(Chunk chunk) {
        tree.append(chunk.tree());
        if (!chunk.mayFollow(recordedTime)) add(Damage.at(Kind.TIME, chunk.from(), ""));
        chunk.damages().forEach(this::add);
        unnamed += chunk.unnamed();
        recordedTime = Math.max(recordedTime, chunk.lastRecordedTime());
    }

    private void add(Damage damage) {
        if (damages.size() < Chunk.MAX_NAMED) damages.add(damage);
        else unnamed++;
    }

    /** How many events have been taken. */
    long events() {
        return tree.size();
    }

    Result result() {
        fillEnd();
        List<String> problems = new ArrayList<>();
        List<Subtree> wrong = wrongSubtrees(problems);
        for (Damage damage : damages)
            problems.add(damage.text(wrong.stream().noneMatch(damage::isWithin)));
        if (unnamed > 0) problems.add("and " + unnamed + " more");
        else unexplained(wrong).forEach(subtree -> problems.add(forged(subtree)));
        for (long position : outside)
            problems.add(
                    "position "
                            + position
                            + " is not of this log, whose head says "
                            + head.size()
                            + " events");
        if (head.recordedTimeMicros() < recordedTime)
            problems.add("the head was recorded before its last event");
        return new Result(logId, head.size(), tree.root(), problems);
    }

    /** What is missing at the end is filled in where that is little; a forged size may be huge. */
    private void fillEnd() {
        if (tree.size() == head.size()) return;
        add(Damage.missing(tree.size(), head.size() - 1));
        if (head.size() - tree.size() > Chunk.EVENTS) return;
        while (tree.size() < head.size()) tree.appendLeaf(Chunk.NO_LEAF);
    }

    /** Subtrees of the head that the rows do not make. */
    private List<Subtree> wrongSubtrees(List<String> problems) {
        MerkleFrontier expected;
        try {
            expected = head.merkle();
        } catch (IllegalArgumentException e) {
            problems.add("the head was changed: " + e.getMessage());
            return List.of(everything());
        }
        if (!Arrays.equals(expected.root(), head.root()))
            problems.add("the head was changed: its root is not that of its frontier");
        if (tree.size() < head.size()) return List.of(everything());
        List<Subtree> subtrees = expected.subtrees();
        List<Subtree> stored = tree.subtrees();
        List<Subtree> wrong = new ArrayList<>();
        for (int i = 0; i < subtrees.size(); i++)
            if (!stored.get(i).hasRoot(subtrees.get(i).root())) wrong.add(subtrees.get(i));
        return wrong;
    }

    private List<Subtree> unexplained(List<Subtree> wrong) {
        return wrong.stream()
                .filter(subtree -> damages.stream().noneMatch(damage -> damage.isWithin(subtree)))
                .toList();
    }

    private Subtree everything() {
        return new Subtree(0, head.size(), head.root());
    }

    private static String forged(Subtree subtree) {
        return Damage.range(subtree.first(), subtree.last())
                + ": the events do not hash to what the head was written with; at least one of them was changed together"
                + " with its leaf_check, or the head was";
    }
}
