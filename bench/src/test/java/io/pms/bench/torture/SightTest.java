package io.pms.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.entry.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader notices while it reads. */
class SightTest {
    private final Sight log = new Sight("reader", null);
    private final Sight stream = new Sight("reader", "s");

    @BeforeEach
    void seeThree() {
        for (int i = 0; i < 3; i++) {
            assertThat(log.see(entry(i, i, 10, "first"))).isNull();
            assertThat(stream.see(entry(10 * i, i, 10, "first"))).isNull();
        }
    }

    @Test
    void findsAGap() {
        finds(Invariant.GAP_FREE, log.see(entry(4, 0, 10, "")), "found 4 where 3 comes next");
    }

    @Test
    void findsAnEntryTwice() {
        finds(Invariant.GAP_FREE, log.see(entry(2, 0, 10, "")), "found 2 where 3 comes next");
    }

    @Test
    void findsAHoleInAStream() {
        finds(Invariant.DENSE_STREAMS, stream.see(entry(90, 4, 10, "")), "in stream s");
    }

    @Test
    void findsThatTimeGoesBack() {
        finds(Invariant.RECORDED_TIME, log.see(entry(3, 0, 9, "")), "goes back at 3");
    }

    @Test
    void findsWhatAppearsLateBelowWhatItHasSeen() {
        assertThat(log.seeAgain(entry(1, 1, 10, "first"))).isNull();
        finds(
                Invariant.COMMIT_ORDERED,
                log.seeAgain(entry(1, 1, 10, "late")),
                "found something new at 1 after it had seen 3 entries");
    }

    @Test
    void keepsWhatItHasSeenForTheReckoning() {
        Seen seen = log.seen();
        assertThat(seen.prints()).hasSize(3).doesNotHaveDuplicates();
        assertThat(log.next()).isEqualTo(3);
    }

    private static void finds(Invariant invariant, @Nullable Violation found, String what) {
        Violation violation = Objects.requireNonNull(found);
        assertThat(violation.invariant()).isEqualTo(invariant);
        assertThat(violation.message()).startsWith("reader").contains(what);
    }

    private static Entry entry(long position, long sequence, long recorded, String text) {
        byte[] data = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        return new Entry(
                0,
                position,
                recorded,
                0,
                "id-" + position,
                "t",
                "s",
                sequence,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                data);
    }
}
