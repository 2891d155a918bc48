package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CosignerTest {
    private static final Checkpoint CHECKPOINT =
            new Checkpoint("example.com/log", 7, Hash.leaf(new byte[0]), List.of("extension"));
    private static final long TIME = 1_679_315_147;

    private static final NoteVerifier WITNESS = Keys.WITNESS.verifier();

    private static NoteSignature changed(NoteSignature signature, byte[] bytes) {
        return new NoteSignature(signature.key(), bytes);
    }

    @Test
    void signsACheckpointAtATime() {
        NoteSignature signature = Keys.WITNESS.sign(CHECKPOINT, TIME);
        assertThat(signature.bytes()).hasSize(72);
        assertThat(ByteBuffer.wrap(signature.bytes()).getLong()).isEqualTo(TIME);
        SignedNote note = new SignedNote(CHECKPOINT.text(), List.of(signature));
        assertThat(note.verify(List.of(WITNESS)))
                .singleElement()
                .satisfies(attestation -> {
                    assertThat(attestation.verifier()).isEqualTo(WITNESS);
                    assertThat(attestation.timeSeconds()).hasValue(TIME);
                });
    }

    @Test
    void signsTheMessageOfTheSpecification() {
        assertThat(
                        new String(
                                SignatureType.cosigned(CHECKPOINT.text(), TIME),
                                StandardCharsets.UTF_8))
                .isEqualTo("cosignature/v1\ntime 1679315147\n" + CHECKPOINT.text());
    }

    @Test
    void isRefusedAfterAnyMutation() {
        NoteSignature signature = Keys.WITNESS.sign(CHECKPOINT, TIME);
        for (byte[] mutant : Mutations.of(signature.bytes()))
            if (mutant.length > 0)
                assertThat(WITNESS.verifies(CHECKPOINT.text(), changed(signature, mutant)))
                        .isFalse();
        for (byte[] mutant : Mutations.of(TextLines.encode(CHECKPOINT.text())))
            assertThat(WITNESS.verifies(new String(mutant, StandardCharsets.UTF_8), signature))
                    .isFalse();
    }

    @Test
    void isNotTakenForASignatureOfTheTextAndTheOtherWayRound() {
        NoteSigner sameSeed = NoteSigner.fromSeed(WITNESS.name(), Keys.seed(4));
        assertThat(sameSeed.verifier().keyId()).isNotEqualTo(WITNESS.keyId());
        NoteSignature cosignature = Keys.WITNESS.sign(CHECKPOINT, TIME);
        assertThat(sameSeed.verifier().verifies(CHECKPOINT.text(), cosignature)).isFalse();
        NoteSignature ofCosigned =
                sameSeed.sign("cosignature/v1\ntime " + TIME + "\n" + CHECKPOINT.text());
        byte[] timed = ByteBuffer.allocate(72).putLong(TIME).put(ofCosigned.bytes()).array();
        NoteSignature smuggled = new NoteSignature(ofCosigned.key(), timed);
        assertThat(WITNESS.verifies(CHECKPOINT.text(), smuggled)).isFalse();
        assertThat(sameSeed.verifier().verifies(CHECKPOINT.text(), smuggled)).isFalse();
    }

    @Test
    void needsATimeThatIsOne() {
        for (long time : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> Keys.WITNESS.sign(CHECKPOINT, time))
                    .isInstanceOf(IllegalArgumentException.class);
            byte[] signed =
                    Ed25519.sign(
                            Ed25519.keyPair(Keys.seed(4)).getPrivate(),
                            SignatureType.cosigned(CHECKPOINT.text(), time));
            byte[] bytes = ByteBuffer.allocate(72).putLong(time).put(signed).array();
            NoteSignature signature = changed(Keys.WITNESS.sign(CHECKPOINT, TIME), bytes);
            assertThat(WITNESS.verifies(CHECKPOINT.text(), signature)).isFalse();
        }
    }
}
