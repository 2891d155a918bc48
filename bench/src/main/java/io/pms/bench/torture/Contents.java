package io.pms.bench.torture;

import io.pms.bench.torture.Outcome.Acknowledged;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds in a log what an attempt or a key has left there. */
final class Contents {
    private final Map<String, Acknowledged> byAttempt = new HashMap<>();
    private final Map<String, Acknowledged> byBody = new HashMap<>();
    private final Map<UUID, Stored> lastOf = new HashMap<>();
    private final Map<String, Stored> byId = new HashMap<>();
    private final Map<UUID, StoredReceipt> receipts;

    private Contents(Map<UUID, StoredReceipt> receipts) {
        this.receipts = receipts;
    }

    static Contents of(History history) {
        Contents contents = new Contents(history.receipts());
        history.log().forEach(contents::add);
        history.receipts().values().forEach(contents::add);
        return contents;
    }

    private void add(Stored event) {
        byAttempt.merge(
                event.origin().attempt(),
                new Acknowledged(event.position(), 1, event.recordedTimeMicros()),
                (before, one) ->
                        new Acknowledged(
                                before.firstPosition(),
                                before.events() + 1,
                                before.recordedTimeMicros()));
        byId.putIfAbsent(event.id(), event);
        if (event.command() != null) lastOf.put(event.command(), event);
    }

    private void add(StoredReceipt receipt) {
        if (receipt.bodyHash() != null)
            byBody.put(
                    receipt.bodyHash(),
                    new Acknowledged(receipt.position() + 1, 0, receipt.recordedTimeMicros()));
    }

    /** Where an attempt's events or receipt are; null when it has left nothing. */
    @Nullable Acknowledged find(String attempt) {
        Acknowledged events = byAttempt.get(attempt);
        return events != null ? events : byBody.get(hash(attempt));
    }

    /** What whoever repeats a key is to be told; null when it was never accepted. */
    @Nullable Answer answer(Key key) {
        StoredReceipt receipt = receipts.get(key.id());
        if (receipt != null)
            return new Answer(
                    key,
                    receipt.aggregateId(),
                    receipt.sequence(),
                    receipt.position(),
                    receipt.bodyHash() == null ? "-" : receipt.bodyHash());
        Stored first = byId.get(key.eventId(0));
        if (first == null) return null;
        Stored last = lastOf.getOrDefault(key.id(), first);
        return new Answer(
                key,
                last.subject() == null ? "-" : last.subject(),
                last.sequence(),
                last.position(),
                hash(first.origin().attempt()));
    }

    private static String hash(String attempt) {
        return OutcomeChecks.hex(Attempt.bodyHash(attempt));
    }
}
