package io.pms.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.entry.Entry;
import io.pms.event.PersonalTexts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RingTest {
    private static final Frames FRAMES =
            new Frames(JsonMapper.builder().build(), PersonalTexts.CLEAR_ONLY);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(60);

    private static Entry entry(long position, String tenant, int bytes) {
        byte[] data = ("\"" + "x".repeat(bytes) + "\"").getBytes(StandardCharsets.UTF_8);
        return new Entry(
                0,
                position,
                0,
                0,
                "id",
                "pms.x.Y.v1",
                "s",
                0,
                tenant,
                "a",
                null,
                null,
                null,
                null,
                null,
                null,
                data);
    }

    private static Ring ring(int entries, long bytes) {
        Ring ring = new Ring(FRAMES, entries, bytes);
        ring.restart(10);
        return ring;
    }

    private static void add(Ring ring, String tenant, int count) {
        long next = ring.next();
        ring.add(
                LongStream.range(next, next + count)
                        .mapToObj(position -> entry(position, tenant, 10))
                        .toList());
    }

    private static List<Long> positions(Next next) {
        return ((Next.Events) next).events().stream().map(LiveEvent::position).toList();
    }

    @Test
    void handsOutAnOrganisationsEventsAfterAPositionInOrder() throws InterruptedException {
        Ring ring = ring(8, 1 << 20);
        Ring.Organisation a = ring.join("a");
        add(ring, "a", 2);
        add(ring, "b", 2);
        add(ring, "a", 1);
        Next next = ring.after(a, 9, AT_ONCE);
        assertThat(positions(next)).containsExactly(10L, 11L, 14L);
        assertThat(((Next.Events) next).upTo()).isEqualTo(14);
        assertThat(positions(ring.after(a, 11, AT_ONCE))).containsExactly(14L);
        assertThat(positions(ring.after(a, 14, AT_ONCE))).isEmpty();
    }

    @Test
    void tellsWhoWasTooSlow() throws InterruptedException {
        Ring ring = ring(4, 1 << 20);
        Ring.Organisation a = ring.join("a");
        add(ring, "a", 5);
        assertThat(ring.after(a, 9, AT_ONCE)).isEqualTo(new Next.Missed());
        assertThat(positions(ring.after(a, 10, AT_ONCE))).containsExactly(11L, 12L, 13L, 14L);
    }

    @Test
    void whatOthersDoMakesNobodyMissAnything() throws InterruptedException {
        Ring ring = ring(4, 1 << 20);
        Ring.Organisation a = ring.join("a");
        add(ring, "b", 100);
        assertThat(ring.isMissed(a, 9)).isFalse();
        assertThat(((Next.Events) ring.after(a, 9, AT_ONCE)).upTo()).isEqualTo(109);
        add(ring, "a", 1);
        assertThat(positions(ring.after(a, 109, AT_ONCE))).containsExactly(110L);
        assertThat(ring.isMissed(a, 9)).isTrue();
    }

    @Test
    void whatHappenedBeforeAnOrganisationHadClientsMayHaveBeenItsOwn() throws InterruptedException {
        Ring ring = ring(4, 1 << 20);
        add(ring, "a", 1);
        add(ring, "b", 4);
        assertThat(ring.isMissed(ring.join("a"), 9)).isTrue();
        assertThat(ring.isMissed(ring.join("c"), 9)).isTrue();
        Next next = ring.after(ring.join("c"), 10, AT_ONCE);
        assertThat(positions(next)).isEmpty();
        assertThat(((Next.Events) next).upTo()).isEqualTo(14);
    }

    @Test
    void holdsNoMoreBytesThanItMayExceptForOneEvent() {
        Ring ring = ring(100, 50_000);
        Ring.Organisation a = ring.join("a");
        ring.add(List.of(entry(10, "a", 10_000), entry(11, "a", 10_000), entry(12, "a", 10_000)));
        assertThat(ring.isMissed(a, 9)).isTrue();
        assertThat(ring.isMissed(a, 10)).isFalse();
        ring.add(List.of(entry(13, "a", 60_000)));
        assertThat(ring.isMissed(a, 11)).isTrue();
        assertThat(ring.isMissed(a, 12)).isFalse();
    }

    @Test
    void handsOutAFewLongEventsAtATime() throws InterruptedException {
        Ring ring = ring(100, 1 << 30);
        Ring.Organisation a = ring.join("a");
        ring.add(
                LongStream.range(10, 20)
                        .mapToObj(position -> entry(position, "a", 60_000))
                        .toList());
        long position = 9;
        for (int steps = 0; position < 19; steps++) {
            Next.Events next = (Next.Events) ring.after(a, position, AT_ONCE);
            long weight = next.events().stream().mapToLong(LiveEvent::weight).sum();
            long last = next.events().getLast().weight();
            assertThat(weight - last).isLessThan(Ring.STEP_BYTES);
            assertThat(steps).isLessThan(10);
            position = next.upTo();
        }
    }

    @Test
    void wakesWhoWaitsForItsOwnEventsAndEndsWhoWaitsWhenItEnds() throws InterruptedException {
        Ring ring = ring(4, 1 << 20);
        Ring.Organisation a = ring.join("a");
        CompletableFuture<Next> waiting = CompletableFuture.supplyAsync(() -> await(ring, a, 9));
        add(ring, "b", 1);
        add(ring, "a", 1);
        assertThat(positions(waiting.join())).containsExactly(11L);
        CompletableFuture<Next> again = CompletableFuture.supplyAsync(() -> await(ring, a, 11));
        ring.close();
        assertThat(again.join()).isEqualTo(new Next.End());
    }

    private static Next await(Ring ring, Ring.Organisation organisation, long position) {
        try {
            return ring.after(organisation, position, LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void takesNothingThatDoesNotComeNext() {
        Ring ring = ring(4, 1 << 20);
        assertThatThrownBy(() -> ring.add(List.of(entry(11, "a", 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
