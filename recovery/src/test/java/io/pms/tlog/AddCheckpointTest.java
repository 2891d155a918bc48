package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddCheckpointTest {
    private static final List<Hash> LEAVES = ReferenceTree.leaves(70);
    private static final Hash ROOT = ReferenceTree.root(LEAVES);
    private static final Hash OLD_ROOT = ReferenceTree.root(LEAVES.subList(0, 40));
    private static final SignedNote NOTE =
            SignedNote.sign(new Checkpoint("example.com/log", 70, ROOT), Keys.LOG);
    private static final AddCheckpoint REQUEST =
            new AddCheckpoint(new ConsistencyProof(40, 70, ReferenceTree.proof(40, LEAVES)), NOTE);

    private static AddCheckpoint decode(String body) {
        return AddCheckpoint.decode(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatItWrites() {
        String body = new String(REQUEST.encode(), StandardCharsets.UTF_8);
        assertThat(body).startsWith("old 40\n").contains("\n\nexample.com/log\n70\n");
        assertThat(decode(body)).isEqualTo(REQUEST);
    }

    @Test
    void readsARequestWithoutAProof() {
        AddCheckpoint first = new AddCheckpoint(new ConsistencyProof(0, 70, List.of()), NOTE);
        assertThat(new String(first.encode(), StandardCharsets.UTF_8))
                .startsWith("old 0\n\nexample.com/log\n");
        assertThat(AddCheckpoint.decode(first.encode())).isEqualTo(first);
    }

    /** As a witness does: the log's key, its own old root, and the proof. */
    @Test
    void isRefusedAfterAnyMutation() {
        LogTrust trust = LogTrust.in(Keys.LOG.verifier());
        witness(REQUEST, trust);
        for (byte[] mutant : Mutations.ofText(REQUEST.encode()))
            Mutations.assertRefused(
                    new String(mutant, StandardCharsets.UTF_8),
                    () -> witness(AddCheckpoint.decode(mutant), trust));
    }

    private static void witness(AddCheckpoint request, LogTrust trust) {
        Checkpoint checkpoint = trust.open(request.checkpoint());
        if (request.proof().oldSize() != 40) throw new ProofException("409");
        request.proof().verify(OLD_ROOT, checkpoint.root());
    }

    @Test
    void refusesWhatAWitnessMust() {
        String note = NOTE.toString();
        String hash = ROOT + "\n";
        for (String body :
                List.of(
                        "",
                        "old 40",
                        "old 40\n",
                        "old 040\n\n" + note,
                        "old -1\n\n" + note,
                        "old  40\n\n" + note,
                        "Old 40\n\n" + note,
                        "old 40\n" + note,
                        "old 71\n\n" + note,
                        "old 40\nAAAA\n\n" + note,
                        "old 40\n" + hash.repeat(64) + "\n" + note,
                        "old 40\n\n\n" + note,
                        "old 40\n\nnot a checkpoint\n\n— a AAAAAAE=\n"))
            assertThatThrownBy(() -> decode(body)).as(body).isInstanceOf(FormatException.class);
    }

    @Test
    void isOfTheCheckpointsSize() {
        assertThatThrownBy(() -> new AddCheckpoint(new ConsistencyProof(40, 69, List.of()), NOTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not for a checkpoint of size 70");
        List<Hash> tooMany = Collections.nCopies(64, ROOT);
        assertThatThrownBy(() -> new AddCheckpoint(new ConsistencyProof(40, 70, tooMany), NOTE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAnsweredWithLinesThatGoUnderTheCheckpoint() {
        Checkpoint checkpoint = Checkpoint.parse(NOTE.text());
        String answer =
                Keys.WITNESS.sign(checkpoint, 1)
                        + "\n"
                        + Keys.SECOND_WITNESS.sign(checkpoint, 2)
                        + "\n";
        List<NoteSignature> cosignatures =
                NoteSignature.parseAll(answer.getBytes(StandardCharsets.UTF_8));
        LogTrust trust =
                new LogTrust(
                        "example.com/log",
                        List.of(Keys.LOG.verifier()),
                        List.of(Keys.WITNESS.verifier(), Keys.SECOND_WITNESS.verifier()),
                        2);
        assertThat(trust.open(NOTE.with(cosignatures))).isEqualTo(checkpoint);
        for (String bad : List.of("", "\n", answer + "\n", answer.strip(), "no signature\n"))
            assertThatThrownBy(() -> NoteSignature.parseAll(bad.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(FormatException.class);
    }
}
