package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatExceptionTest {
    @Test
    void saysWhatIsWrongAndWhere() {
        FormatException e = FormatException.atByte("tile/0/000", 17, "it is cut short");
        assertThat(e).hasMessage("tile/0/000, byte 17: it is cut short");
        assertThat(e.format()).isEqualTo("tile/0/000");
        assertThat(e.place()).isEqualTo(17);
    }

    /** Else a forged file could write lines of its own into a report, or move its cursor. */
    @Test
    void quotesTextFromOutsideSafely() {
        assertThat(FormatException.quote("ok\nall is well\u001b[2J\u009b2J\u2028\u202e\ud83d"))
                .isEqualTo("'ok?all is well?[2J?2J???'");
        assertThat(FormatException.quote("x".repeat(1_000))).hasSize(83);
    }
}
