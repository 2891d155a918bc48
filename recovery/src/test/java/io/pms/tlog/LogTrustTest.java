package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTrustTest {
    private static final Checkpoint CHECKPOINT =
            new Checkpoint("example.com/log", 7, Hash.leaf(new byte[0]));
    private static final NoteVerifier LOG = Keys.LOG.verifier();
    private static final List<NoteVerifier> WITNESSES =
            List.of(Keys.WITNESS.verifier(), Keys.SECOND_WITNESS.verifier());

    private static LogTrust quorum(int quorum) {
        return new LogTrust("example.com/log", List.of(LOG), WITNESSES, quorum);
    }

    private static SignedNote note(Cosigner... witnesses) {
        List<NoteSignature> cosignatures = new ArrayList<>();
        for (Cosigner witness : witnesses) cosignatures.add(witness.sign(CHECKPOINT, 1));
        SignedNote note = SignedNote.sign(CHECKPOINT, Keys.LOG);
        return note.with(cosignatures);
    }

    @Test
    void opensACheckpointThatTheLogSigned() {
        assertThat(LogTrust.in(LOG).open(note())).isEqualTo(CHECKPOINT);
        assertThat(quorum(0).open(note())).isEqualTo(CHECKPOINT);
        assertThat(quorum(2).open(note(Keys.WITNESS, Keys.SECOND_WITNESS))).isEqualTo(CHECKPOINT);
    }

    @Test
    void needsTheQuorumAndCountsNobodyTwice() {
        assertThatThrownBy(() -> quorum(2).open(note(Keys.WITNESS)))
                .isInstanceOf(UntrustedNoteException.class)
                .hasMessage("1 of the known witnesses signed it, and 2 must");
        assertThatThrownBy(() -> quorum(2).open(note(Keys.WITNESS, Keys.WITNESS)))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void doesNotTakeAWitnessForTheLog() {
        SignedNote note =
                new SignedNote(
                        CHECKPOINT.text(),
                        List.of(
                                Keys.WITNESS.sign(CHECKPOINT, 1),
                                Keys.SECOND_WITNESS.sign(CHECKPOINT, 1)));
        assertThatThrownBy(() -> quorum(2).open(note))
                .isInstanceOf(UntrustedNoteException.class)
                .hasMessageContaining("no key of the log example.com/log signed it");
    }

    @Test
    void refusesAWrongCosignatureEvenWhereNoneIsNeeded() {
        Checkpoint other = new Checkpoint("example.com/log", 8, Hash.leaf(new byte[0]));
        SignedNote note = note().with(List.of(Keys.WITNESS.sign(other, 1)));
        assertThatThrownBy(() -> quorum(0).open(note))
                .hasMessage("the signature of witness.example/w1 is wrong");
    }

    /** A key that signs for two logs must not let one be shown for the other. */
    @Test
    void refusesAnotherLogsCheckpoint() {
        Checkpoint other = new Checkpoint("example.com/other", 7, Hash.leaf(new byte[0]));
        assertThatThrownBy(() -> quorum(0).open(SignedNote.sign(other, Keys.LOG)))
                .isInstanceOf(UntrustedNoteException.class)
                .hasMessage(
                        "it is a checkpoint of 'example.com/other', and not of example.com/log");
    }

    @Test
    void refusesASignedTextThatIsNoCheckpoint() {
        String text = "example.com/log\n";
        SignedNote note = new SignedNote(text, List.of(Keys.LOG.sign(text)));
        assertThatThrownBy(() -> quorum(0).open(note)).isInstanceOf(FormatException.class);
    }

    @Test
    void cannotBeMadeSoThatItMeansLessThanItSays() {
        Cosigner sameKey = Cosigner.fromSeed("another.example", Keys.seed(4));
        List<NoteVerifier> twice = List.of(Keys.WITNESS.verifier(), sameKey.verifier());
        assertThatThrownBy(() -> new LogTrust("a", List.of(LOG), twice, 2))
                .hasMessageContaining("have the same key");
        assertThatThrownBy(() -> new LogTrust("a", List.of(), WITNESSES, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogTrust("a", WITNESSES, List.of(), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogTrust("a", List.of(LOG), List.of(LOG), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> quorum(3)).hasMessageContaining("3 from 2");
        assertThatThrownBy(() -> quorum(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
