package io.pms.bench.torture;

import io.pms.bench.torture.Key.Kind;
import io.pms.bench.torture.Outcome.Acknowledged;
import io.pms.bench.torture.Outcome.Open;
import io.pms.bench.torture.Outcome.Reason;
import io.pms.bench.torture.Outcome.Refused;
import io.pms.bench.torture.Outcome.Unknown;
import io.pms.log.MerkleFrontier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A short history in which every invariant holds, to be damaged. What readers have seen is what is
 * stored when {@link #look} is called.
 */
final class SampleHistory {
    static final Key A = new Key(Kind.COMMAND, "a");
    static final Key B = new Key(Kind.EVENTS, "b");
    static final Key C = new Key(Kind.COMMAND, "c");
    static final Key D = new Key(Kind.COMMAND, "d");
    static final Key E = new Key(Kind.COMMAND, "e");
    static final Key NOTHING = new Key(Kind.COMMAND, "nothing");

    /** Not stored, and nobody knows. */
    static final String UNKNOWN = "0.0.0.1";

    static final String LAST = "0.0.0.2";
    static final String RECEIPT = "0.0.1.1";
    static final String LOST = "1.0.1.0";
    static final String REPEATED = "1.1.0.0";

    final List<Stored> log = new ArrayList<>();
    final Map<UUID, StoredReceipt> receipts = new HashMap<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<Seen> seen = new ArrayList<>();
    final List<SeenHead> heads = new ArrayList<>();
    boolean over = true;

    SampleHistory() {
        attempt("0.0.0.0", A, 2, new Acknowledged(0, 2, 10));
        store("0.0.0.0", 0, 2, A, "s", 0, 10);
        store("0.0.0.0", 1, 2, A, "s", 1, 10);
        attempt("1.0.0.0", B, 1, new Acknowledged(2, 1, 20));
        store("1.0.0.0", 0, 1, B, "s", 2, 20);
        attempt("0.0.1.0", C, 1, new Refused(Reason.CONFLICT));
        attempt(RECEIPT, NOTHING, 0, new Acknowledged(3, 0, 25));
        receive(NOTHING, RECEIPT, 2, 25);
        attempt(LOST, D, 2, new Open());
        store(LOST, 0, 2, D, "t", 0, 30);
        store(LOST, 1, 2, D, null, 0, 30);
        attempt(REPEATED, D, 1, new Refused(Reason.DUPLICATE));
        answers.add(new Answer(D, "-", 0, 4, hash(LOST)));
        attempt(UNKNOWN, null, 2, new Unknown());
        attempt(LAST, E, 1, new Acknowledged(5, 1, 40));
        store(LAST, 0, 1, E, "t", 1, 40);
    }

    private void attempt(String id, @Nullable Key key, int events, Outcome outcome) {
        attempts.add(new Attempt(id, key, events, outcome));
    }

    void store(
            String attempt,
            int index,
            int of,
            @Nullable Key key,
            @Nullable String subject,
            long sequence,
            long recorded) {
        storeAt(log.size(), attempt, index, of, key, subject, sequence, recorded);
    }

    void storeAt(
            long position,
            String attempt,
            int index,
            int of,
            @Nullable Key key,
            @Nullable String subject,
            long sequence,
            long recorded) {
        String id = key == null ? attempt + "#" + index : key.eventId(index);
        UUID command = key != null && key.kind() == Kind.COMMAND ? key.id() : null;
        Origin origin = new Origin(attempt, index, of);
        byte[] leaf = Stored.leaf((position + origin.toString()).getBytes(StandardCharsets.UTF_8));
        log.add(new Stored(position, recorded, id, command, subject, sequence, origin, leaf));
    }

    void receive(Key key, String attempt, long position, long recorded) {
        receipts.put(
                key.id(), new StoredReceipt(key.id(), "s", 7, position, recorded, hash(attempt)));
    }

    private static String hash(String attempt) {
        return HexFormat.of().formatHex(Attempt.bodyHash(attempt));
    }

    /** Everything that is stored now is seen. */
    SampleHistory look() {
        seen.add(new Seen("reader-1", null, prints(log)));
        seen.add(
                new Seen(
                        "reader-2",
                        "s",
                        prints(log.stream().filter(e -> "s".equals(e.subject())).toList())));
        MerkleFrontier merkle = new MerkleFrontier();
        for (Stored event : log) {
            merkle.appendLeaf(event.leaf());
            boolean between = event.origin().index() < event.origin().of() - 1;
            if (!between) heads.add(head("reader-3", merkle, event.recordedTimeMicros()));
        }
        return this;
    }

    private static long[] prints(List<Stored> events) {
        return events.stream().mapToLong(Stored::print).toArray();
    }

    static SeenHead head(String by, MerkleFrontier merkle, long recorded) {
        String root = HexFormat.of().formatHex(merkle.root());
        return new SeenHead(by, merkle.size(), 0, recorded, root);
    }

    void change(String attempt, UnaryOperator<Attempt> how) {
        attempts.replaceAll(a -> a.id().equals(attempt) ? how.apply(a) : a);
    }

    void end(String attempt, Outcome outcome) {
        change(attempt, a -> a.ended(outcome));
    }

    History history() {
        MerkleFrontier merkle = new MerkleFrontier();
        long recorded = 0;
        for (Stored event : log) {
            merkle.appendLeaf(event.leaf());
            recorded = Math.max(recorded, event.recordedTimeMicros());
        }
        SeenHead head = head("the checker", merkle, recorded);
        return new History(log, head, receipts, attempts, answers, seen, heads, over);
    }
}
