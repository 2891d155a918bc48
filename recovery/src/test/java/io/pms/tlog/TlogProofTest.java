package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlogProofTest {
    private static final List<Hash> LEAVES = ReferenceTree.leaves(70);
    private static final byte[] ENTRY = TextLines.encode("e33");
    private static final Checkpoint CHECKPOINT =
            new Checkpoint("example.com/log", 70, ReferenceTree.root(LEAVES));
    private static final SignedNote NOTE =
            SignedNote.sign(CHECKPOINT, Keys.LOG)
                    .with(List.of(Keys.WITNESS.sign(CHECKPOINT, 1_700_000_000)));
    private static final TlogProof PROOF =
            new TlogProof(new InclusionProof(33, 70, ReferenceTree.path(33, LEAVES)), NOTE);
    private static final LogTrust TRUST =
            new LogTrust(
                    "example.com/log",
                    List.of(Keys.LOG.verifier()),
                    List.of(Keys.WITNESS.verifier()),
                    1);

    private static TlogProof decode(String text) {
        return TlogProof.decode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(TlogProof proof) {
        return new String(proof.encode(), StandardCharsets.UTF_8);
    }

    @Test
    void writesTheFormOfTheSpecification() {
        StringBuilder expected = new StringBuilder("c2sp.org/tlog-proof@v1\nindex 33\n");
        for (Hash hash : ReferenceTree.path(33, LEAVES)) expected.append(hash).append('\n');
        assertThat(text(PROOF)).isEqualTo(expected + "\n" + NOTE);
        assertThat(decode(text(PROOF))).isEqualTo(PROOF);
    }

    @Test
    void carriesExtraDataThatNothingProves() {
        TlogProof proof = new TlogProof(new byte[] {1, 2}, 33, PROOF.hashes(), NOTE);
        assertThat(text(proof)).startsWith("c2sp.org/tlog-proof@v1\nextra AQI=\nindex 33\n");
        TlogProof read = decode(text(proof));
        assertThat(read.extra()).containsExactly(1, 2);
        assertThat(read.verify(ENTRY, TRUST)).isEqualTo(CHECKPOINT);
    }

    @Test
    void provesAnEntry() {
        assertThat(PROOF.verify(ENTRY, TRUST)).isEqualTo(CHECKPOINT);
        assertThatThrownBy(() -> PROOF.verify(TextLines.encode("e34"), TRUST))
                .isInstanceOf(ProofException.class);
        LogTrust other = LogTrust.in(Keys.OTHER_LOG.verifier());
        assertThatThrownBy(() -> PROOF.verify(ENTRY, other))
                .isInstanceOf(UntrustedNoteException.class);
    }

    /** Made with golang.org/x/mod/sumdb and github.com/transparency-dev/formats. */
    @Test
    void takesTheProofOfAnotherImplementation() throws IOException {
        LogTrust trust =
                new LogTrust(
                        "go.example/log",
                        List.of(
                                NoteVerifier.parse(
                                        "go.example/log+abdf7cb0+AUfwggAXMcHYCXO42G1nqlz3789M5XALpcP/wq39wYlU")),
                        List.of(
                                NoteVerifier.parse(
                                        "witness.go.example+636949b9+BEaP34qkfU8a+Nzpcts+PK5MRaUAZErZNJvu8Tg7icb1")),
                        1);
        try (InputStream file = TlogProofTest.class.getResourceAsStream("foreign.tlog-proof")) {
            byte[] bytes = file.readAllBytes();
            TlogProof proof = TlogProof.decode(bytes);
            assertThat(proof.encode()).isEqualTo(bytes);
            assertThat(proof.index()).isEqualTo(1_110);
            assertThat(proof.verify(TextLines.encode("go entry 1110"), trust).size())
                    .isEqualTo(3_000);
        }
    }

    @Test
    void provesTheOnlyEntryOfALog() {
        Checkpoint one = new Checkpoint("example.com/log", 1, Hash.leaf(ENTRY));
        TlogProof proof =
                new TlogProof(new InclusionProof(0, 1, List.of()), SignedNote.sign(one, Keys.LOG));
        assertThat(text(proof)).startsWith("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.com/log\n");
        assertThat(decode(text(proof)).verify(ENTRY, LogTrust.in(Keys.LOG.verifier())))
                .isEqualTo(one);
    }

    @Test
    void isRefusedAfterAnyMutation() {
        for (byte[] mutant : Mutations.ofText(PROOF.encode()))
            Mutations.assertRefused(
                    new String(mutant, StandardCharsets.UTF_8),
                    () -> TlogProof.decode(mutant).verify(ENTRY, TRUST));
    }

    @Test
    void refusesWhatIsNotAProof() {
        String tail = "\n" + NOTE;
        String header = "c2sp.org/tlog-proof@v1\n";
        for (String text :
                List.of(
                        "",
                        header,
                        header + "index 33\n",
                        "c2sp.org/tlog-proof@v2\nindex 33\n" + tail,
                        header + "index 033\n" + tail,
                        header + "index 70\n" + tail,
                        header + "index -1\n" + tail,
                        header + "index 9223372036854775808\n" + tail,
                        header + "extra \nindex 33\n" + tail,
                        header + "extra\nindex 33\n" + tail,
                        header + "extra AQJ=\nindex 33\n" + tail,
                        header + "extra AQI\nindex 33\n" + tail,
                        header + "extra AQI=\nextra AQI=\nindex 33\n" + tail,
                        header + "index 33\nextra AQI=\n" + tail,
                        header + "index 33\nAAAA\n" + tail,
                        header + "index 33\n" + (CHECKPOINT.root() + "\n").repeat(64) + tail,
                        header + "index 33\n\n" + tail,
                        header + "index 33\n" + NOTE))
            assertThatThrownBy(() -> decode(text)).as(text).isInstanceOf(FormatException.class);
    }

    @Test
    void cannotBeMadeOfWhatDoesNotBelongTogether() {
        assertThatThrownBy(() -> new TlogProof(new byte[0], 33, PROOF.hashes(), NOTE))
                .hasMessageContaining("extra data cannot be empty");
        assertThatThrownBy(() -> new TlogProof(null, 70, PROOF.hashes(), NOTE))
                .hasMessageContaining("no leaf with index 70");
    }
}
