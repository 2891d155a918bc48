package io.pms.bench.torture;

import static io.pms.bench.torture.Invariant.ACKNOWLEDGED_IS_STORED;
import static io.pms.bench.torture.Invariant.COMMIT_ORDERED;
import static io.pms.bench.torture.Invariant.DENSE_STREAMS;
import static io.pms.bench.torture.Invariant.FIRST_ANSWER;
import static io.pms.bench.torture.Invariant.GAP_FREE;
import static io.pms.bench.torture.Invariant.NO_DUPLICATES;
import static io.pms.bench.torture.Invariant.RECORDED_TIME;
import static io.pms.bench.torture.Invariant.REFUSED_IS_NOT_STORED;
import static io.pms.bench.torture.Invariant.ROOTS;
import static io.pms.bench.torture.Invariant.UNKNOWN_IS_RESOLVED;
import static io.pms.bench.torture.Invariant.WHOLE_UNITS;
import static io.pms.bench.torture.SampleHistory.LAST;
import static io.pms.bench.torture.SampleHistory.RECEIPT;
import static io.pms.bench.torture.SampleHistory.REPEATED;
import static io.pms.bench.torture.SampleHistory.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.pms.bench.torture.Key.Kind;
import io.pms.bench.torture.Outcome.Acknowledged;
import io.pms.bench.torture.Outcome.Reason;
import io.pms.bench.torture.Outcome.Refused;
import io.pms.log.MerkleFrontier;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Histories that were tampered with: each breaks the invariants that it must, and no others. */
class InvariantTest {
    private final SampleHistory sample = new SampleHistory();

    @Test
    void allHoldInAHistoryThatIsAsItMustBe() {
        assertThat(sample.look().history().violations()).isEmpty();
    }

    /** The place is named by position, stream or key. */
    private void breaks(Invariant invariant, String place) {
        breaks(EnumSet.of(invariant), place);
    }

    private void breaks(Set<Invariant> invariants, String place) {
        assertThat(
                        sample.history().violations().stream()
                                .map(Violation::invariant)
                                .collect(Collectors.toSet()))
                .isEqualTo(invariants);
        assertThat(sample.history().violations())
                .anySatisfy(violation -> assertThat(violation.message()).contains(place));
    }

    @Nested
    class WhatWasAcknowledged {
        @Test
        void isLost() {
            sample.log.removeLast();
            sample.look();
            breaks(
                    ACKNOWLEDGED_IS_STORED,
                    "attempt 0.0.0.2 (command:e) was acknowledged at position 5");
        }

        @Test
        void isElsewhere() {
            sample.end(LAST, new Acknowledged(6, 1, 40));
            breaks(ACKNOWLEDGED_IS_STORED, "attempt 0.0.0.2");
        }

        @Test
        void hasAnotherRecordedTime() {
            sample.end(LAST, new Acknowledged(5, 1, 39));
            breaks(ACKNOWLEDGED_IS_STORED, "attempt 0.0.0.2");
        }

        @Test
        void isLessThanWasAppended() {
            sample.change(LAST, last -> new Attempt(last.id(), last.key(), 2, last.outcome()));
            breaks(ACKNOWLEDGED_IS_STORED, "attempt 0.0.0.2");
        }

        @Test
        void hasNoReceipt() {
            sample.receipts.clear();
            breaks(ACKNOWLEDGED_IS_STORED, "attempt 0.0.1.1 (command:nothing)");
        }
    }

    @Nested
    class WhatWasRefused {
        @Test
        void isStored() {
            sample.end(LAST, new Refused(Reason.CONFLICT));
            breaks(REFUSED_IS_NOT_STORED, "attempt 0.0.0.2 (command:e) was refused as CONFLICT");
        }

        @Test
        void isTheFirstTimeItself() {
            sample.end(LAST, new Refused(Reason.DUPLICATE));
            breaks(REFUSED_IS_NOT_STORED, "attempt 0.0.0.2");
        }

        @Test
        void hasAReceipt() {
            sample.end(RECEIPT, new Refused(Reason.UNAVAILABLE));
            breaks(REFUSED_IS_NOT_STORED, "attempt 0.0.1.1");
        }

        @Test
        void comesLate() {
            sample.look();
            sample.change(UNKNOWN, attempt -> attempt.ended(new Refused(Reason.UNAVAILABLE)));
            sample.store(UNKNOWN, 0, 1, null, null, 0, 50);
            breaks(REFUSED_IS_NOT_STORED, "attempt 0.0.0.1");
        }
    }

    @Nested
    class WhatIsUnknown {
        @Test
        void isNeverDecided() {
            sample.attempts.removeIf(attempt -> attempt.id().equals(REPEATED));
            breaks(UNKNOWN_IS_RESOLVED, "attempt 1.0.1.0 (command:d)");
        }

        @Test
        void mayStayUnknownWhileTheRunGoesOn() {
            sample.attempts.removeIf(attempt -> attempt.id().equals(REPEATED));
            sample.over = false;
            assertThat(sample.history().violations()).isEmpty();
        }

        @Test
        void mayBeStored() {
            sample.store(UNKNOWN, 0, 2, null, "s", 3, 50);
            sample.store(UNKNOWN, 1, 2, null, "s", 4, 50);
            assertThat(sample.look().history().violations()).isEmpty();
        }
    }

    @Nested
    class ADuplicate {
        @Test
        void hasTheIdOfAnotherEvent() {
            sample.store(UNKNOWN, 0, 1, SampleHistory.B, null, 0, 50);
            breaks(NO_DUPLICATES, "is at positions 2 and 6");
        }

        @Test
        void hasTheSequenceOfAnotherEvent() {
            sample.store(UNKNOWN, 0, 1, null, "s", 1, 50);
            breaks(NO_DUPLICATES, "sequence 1 of s is at positions 1 and 6");
        }

        @Test
        void hasAReceiptAndEvents() {
            sample.receive(SampleHistory.E, "9.9.9.9", 5, 50);
            breaks(NO_DUPLICATES, "an event at position 5");
        }

        @Test
        void wasAcknowledgedTwice() {
            sample.attempts.add(
                    new Attempt("9.9.9.9", SampleHistory.E, 1, new Acknowledged(5, 1, 40)));
            breaks(
                    EnumSet.of(NO_DUPLICATES, ACKNOWLEDGED_IS_STORED),
                    "command:e was acknowledged twice");
        }
    }

    @Nested
    class AFirstAnswer {
        @Test
        void isAnother() {
            Answer told = sample.answers.removeFirst();
            sample.answers.add(
                    new Answer(
                            told.key(), told.aggregateId(), told.sequence(), 3, told.bodyHash()));
            breaks(FIRST_ANSWER, "who repeated command:d was told");
        }

        @Test
        void isMissing() {
            sample.answers.add(Answer.none(SampleHistory.A));
            breaks(FIRST_ANSWER, "command:a");
        }

        @Test
        void isToldOfWhatWasNeverAccepted() {
            sample.end("0.0.1.0", new Refused(Reason.DUPLICATE));
            breaks(FIRST_ANSWER, "attempt 0.0.1.0 (command:c)");
        }
    }

    @Nested
    class AUnit {
        @Test
        void isTorn() {
            sample.store(UNKNOWN, 0, 2, null, null, 0, 50);
            breaks(WHOLE_UNITS, "attempt 0.0.0.1 ends with event 0 of 2");
        }

        @Test
        void lacksItsBeginning() {
            sample.store(UNKNOWN, 1, 2, null, null, 0, 50);
            breaks(WHOLE_UNITS, "position 6 has event 1 of attempt 0.0.0.1");
        }

        @Test
        void hasAnotherOneInItsMidst() {
            sample.store(UNKNOWN, 0, 2, null, null, 0, 50);
            sample.store("9.9.9.9", 0, 1, null, null, 0, 50);
            sample.store(UNKNOWN, 1, 2, null, null, 0, 50);
            breaks(WHOLE_UNITS, "position 8");
        }
    }

    @Nested
    class TheOrder {
        @Test
        void hasAGap() {
            sample.storeAt(7, UNKNOWN, 0, 1, null, null, 0, 50);
            breaks(GAP_FREE, "position 6 is missing; 7 follows");
        }

        @Test
        void lacksASequence() {
            sample.store(UNKNOWN, 0, 1, null, "s", 4, 50);
            breaks(DENSE_STREAMS, "position 6 is sequence 4 of s; 3 is not before it");
        }

        @Test
        void isNotThatOfTime() {
            sample.store(UNKNOWN, 0, 1, null, null, 0, 39);
            breaks(RECORDED_TIME, "position 6 was recorded at 39");
        }

        @Test
        void isNotThatOfAClient() {
            Collections.reverse(sample.attempts);
            breaks(COMMIT_ORDERED, "attempt 0.0.0.0 is at position 0");
        }
    }

    @Nested
    class AReader {
        @Test
        void sawTwoEventsTheOtherWayRound() {
            sample.look();
            long[] prints = sample.seen.getFirst().prints();
            long third = prints[2];
            prints[2] = prints[3];
            prints[3] = third;
            breaks(COMMIT_ORDERED, "reader-1 has seen something else at 2");
        }

        @Test
        void sawAnEventThatIsGone() {
            sample.look();
            long[] prints = sample.seen.getFirst().prints();
            sample.seen.set(0, new Seen("reader-1", null, Arrays.copyOf(prints, 7)));
            breaks(COMMIT_ORDERED, "reader-1 has seen 6, which is not stored");
        }

        @Test
        void sawAnotherStream() {
            sample.look();
            sample.seen.get(1).prints()[1]++;
            breaks(COMMIT_ORDERED, "reader-2 has seen something else at 1 in stream s");
        }

        @Test
        void sawALongerLog() {
            sample.look();
            SeenHead last = sample.heads.getLast();
            sample.heads.add(new SeenHead("reader-3", 7, 0, 40, last.root()));
            breaks(COMMIT_ORDERED, "reader-3 has seen a log of 7 events, there are 6");
        }

        @Test
        void sawTheHeadGoBack() {
            sample.look();
            SeenHead last = sample.heads.removeLast();
            sample.heads.add(new SeenHead("reader-3", 6, 1, 40, last.root()));
            sample.heads.add(last);
            breaks(COMMIT_ORDERED, "the head went back");
        }
    }

    @Nested
    class ARoot {
        @Test
        void isWrong() {
            sample.look();
            SeenHead head = sample.heads.get(1);
            String other = SampleHistory.head("", new MerkleFrontier(), 0).root();
            sample.heads.set(1, new SeenHead(head.by(), 3, 0, head.recordedTimeMicros(), other));
            breaks(ROOTS, "of 3 events");
        }

        @Test
        void isThatOfOtherBytes() {
            sample.look();
            Stored event = sample.log.get(2);
            byte[] leaf = event.leaf().clone();
            leaf[31] ^= 1;
            sample.log.set(2, new Stored(2, 20, event.id(), null, "s", 2, event.origin(), leaf));
            breaks(ROOTS, "reader-3 has seen the root");
        }

        @Test
        void hasATimeThatIsNotBetweenItsNeighbours() {
            sample.look();
            SeenHead last = sample.heads.removeLast();
            sample.heads.add(new SeenHead("reader-4", last.size(), 0, 39, last.root()));
            breaks(RECORDED_TIME, "reader-4 has seen the recorded time 39 at size 6");
        }
    }

    @Test
    void namesOnlyTheFirstOfManyPlaces() {
        for (int i = 0; i < 100; i++)
            sample.attempts.add(
                    new Attempt(
                            "9.9." + i + ".0",
                            new Key(Kind.COMMAND, "x" + i),
                            1,
                            new Acknowledged(9, 1, 9)));
        assertThat(sample.history().violations()).hasSize(5);
    }
}
