package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    private static final NoteVerifier FOO =
            NoteVerifier.parse(
                    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    private static final String SIGNATURE =
            "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    private static final String EXAMPLE = "This is an example message.\n\n" + SIGNATURE;
    private static final String TEXT = "one\n\ntwo\n";

    private static SignedNote note(String note) {
        return SignedNote.decode(note.getBytes(StandardCharsets.UTF_8));
    }

    private static SignedNote signedBy(NoteSigner... signers) {
        return new SignedNote(TEXT, Stream.of(signers).map(s -> s.sign(TEXT)).toList());
    }

    @Nested
    class Verify {
        @Test
        void takesTheSpecificationsExample() {
            SignedNote note = note(EXAMPLE);
            assertThat(note.text()).isEqualTo("This is an example message.\n");
            assertThat(note.verify(List.of(FOO)))
                    .singleElement()
                    .satisfies(attestation -> {
                        assertThat(attestation.verifier()).isEqualTo(FOO);
                        assertThat(attestation.timeSeconds()).isEmpty();
                    });
        }

        /** By one key: a change of its name or id makes the signature a stranger's. */
        @Test
        void refusesANoteAfterAnyMutation() {
            byte[] bytes = EXAMPLE.getBytes(StandardCharsets.UTF_8);
            for (byte[] mutant : Mutations.ofText(bytes))
                Mutations.assertRefused(
                        new String(mutant, StandardCharsets.UTF_8),
                        () -> SignedNote.decode(mutant).verify(List.of(FOO)));
        }

        @Test
        void ignoresStrangersButNeedsOneThatIsKnown() {
            NoteVerifier log = Keys.LOG.verifier();
            assertThat(signedBy(Keys.OTHER_LOG, Keys.LOG, Keys.IMPOSTOR).verify(List.of(log)))
                    .extracting(SignedNote.Attestation::verifier)
                    .containsExactly(log);
            assertThatThrownBy(() -> signedBy(Keys.OTHER_LOG, Keys.IMPOSTOR).verify(List.of(log)))
                    .isInstanceOf(UntrustedNoteException.class)
                    .hasMessageContaining("none of its signatures is by a known key");
            assertThatThrownBy(() -> signedBy(Keys.LOG).verify(List.of()))
                    .isInstanceOf(UntrustedNoteException.class);
        }

        @Test
        void refusesOneWrongSignatureOfAKnownKeyAmongGoodOnes() {
            NoteSignature wrong = Keys.OTHER_LOG.sign("another text\n");
            SignedNote note = signedBy(Keys.LOG).with(List.of(wrong));
            assertThatThrownBy(() ->
                            note.verify(List.of(Keys.LOG.verifier(), Keys.OTHER_LOG.verifier())))
                    .isInstanceOf(UntrustedNoteException.class)
                    .hasMessage("the signature of example.com/other is wrong");
            note.verify(List.of(Keys.LOG.verifier()));
            SignedNote twice = signedBy(Keys.LOG).with(List.of(Keys.LOG.sign("other\n")));
            assertThatThrownBy(() -> twice.verify(List.of(Keys.LOG.verifier())))
                    .isInstanceOf(UntrustedNoteException.class);
        }

        /** The order of the group added to the scalar: the same signature, written otherwise. */
        @Test
        void refusesASignatureWhoseScalarIsNotReduced() {
            NoteSignature good = Keys.LOG.sign(TEXT);
            BigInteger order =
                    BigInteger.TWO
                            .pow(252)
                            .add(new BigInteger("27742317777372353535851937790883648493"));
            byte[] bytes = good.bytes();
            byte[] scalar = reversed(Arrays.copyOfRange(bytes, 32, 64));
            byte[] larger = new BigInteger(1, scalar).add(order).toByteArray();
            byte[] padded = new byte[32];
            System.arraycopy(larger, 0, padded, 32 - larger.length, larger.length);
            System.arraycopy(reversed(padded), 0, bytes, 32, 32);
            SignedNote note = new SignedNote(TEXT, List.of(new NoteSignature(good.key(), bytes)));
            assertThatThrownBy(() -> note.verify(List.of(Keys.LOG.verifier())))
                    .isInstanceOf(UntrustedNoteException.class);
        }

        private static byte[] reversed(byte[] bytes) {
            byte[] reversed = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) reversed[i] = bytes[bytes.length - 1 - i];
            return reversed;
        }
    }

    @Nested
    class Decode {
        @Test
        void takesTheLastEmptyLineForTheEndOfTheText() {
            SignedNote note = SignedNote.decode(signedBy(Keys.LOG).encode());
            assertThat(note.text()).isEqualTo(TEXT);
            assertThat(note).isEqualTo(signedBy(Keys.LOG));
            note.verify(List.of(Keys.LOG.verifier()));
        }

        @Test
        void takesSignaturesOfKindsNobodyKnows() {
            SignedNote note = note("text\n\n— future.example AAAAAAE=\n");
            assertThat(note.signatures())
                    .singleElement()
                    .extracting(s -> s.bytes().length)
                    .isEqualTo(1);
            assertThat(note).hasToString("text\n\n— future.example AAAAAAE=\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "\n",
                    "\n\n",
                    "text\n",
                    "text\n\n",
                    "text\n" + SIGNATURE,
                    "text\n\n\n",
                    "text\n\nnot a signature\n",
                    "text\n\n- example.com/foo AAAAAAE=\n",
                    "text\n\n—example.com/foo AAAAAAE=\n",
                    "text\n\n— example.com/foo  AAAAAAE=\n",
                    "text\n\n— example.com/foo AAAAAAE= \n",
                    "text\n\n— example.com/foo AAAAAAE=",
                    "text\n\n— example.com/foo AAAAAAE\n",
                    "text\n\n— example.com/foo AAAAAAF=\n",
                    "text\n\n— example.com/foo AAAAAA==\n",
                    "text\n\n— example.com/foo \n",
                    "text\n\n— example.com/foo\n",
                    "text\n\n—  AAAAAAE=\n",
                    "text\n\n— a+b AAAAAAE=\n",
                    "text\n\n— a\u00a0b AAAAAAE=\n",
                    "text\r\n\n— example.com/foo AAAAAAE=\n",
                    "te\0xt\n\n— example.com/foo AAAAAAE=\n",
                    "text\n\n— example.com/foo AAAAAAE=\n\n"
                })
        void refusesWhatIsNotANote(String text) {
            assertThatThrownBy(() -> note(text)).isInstanceOf(FormatException.class);
        }

        @Test
        void refusesWhatIsNotUtf8() {
            byte[] bytes = EXAMPLE.getBytes(StandardCharsets.UTF_8);
            bytes[0] = (byte) 0xff;
            assertThatThrownBy(() -> SignedNote.decode(bytes)).hasMessage("note: it is not UTF-8");
            byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'};
            assertThatThrownBy(() -> SignedNote.decode(surrogate))
                    .hasMessage("note: it is not UTF-8");
        }

        @Test
        void hasLimits() {
            String line = "— example.com/foo AAAAAAE=\n";
            assertThat(note("text\n\n" + line.repeat(100)).signatures()).hasSize(100);
            assertThatThrownBy(() -> note("text\n\n" + line.repeat(101)))
                    .hasMessageContaining("line 101: more than 100 signatures");
            assertThatThrownBy(() -> SignedNote.decode(new byte[1_000_001]))
                    .hasMessageContaining("1000001 bytes are more than 1000000");
        }
    }

    @Test
    void cannotBeMadeOfAnythingElse() {
        List<NoteSignature> one = List.of(Keys.LOG.sign(TEXT));
        for (String text : List.of("", "no newline", "tab\t\n", "\ud800\n"))
            assertThatThrownBy(() -> new SignedNote(text, one))
                    .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignedNote(TEXT, List.of())).hasMessageContaining("not 0");
        assertThatThrownBy(() -> new SignedNote(TEXT, Collections.nCopies(101, one.getFirst())))
                .hasMessageContaining("not 101");
    }
}
