package io.pms.archive.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.tlog.Cosigner;
import io.pms.tlog.NoteSigner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {
    private static final String ONE = key("one.example", 1);
    private static final String TWO = key("two.example", 2);

    private static String key(String name, int fill) {
        byte[] seed = new byte[32];
        seed[0] = (byte) fill;
        return Cosigner.fromSeed(name, seed).verifier().text();
    }

    private static Witnesses witnesses(String text, int quorum) {
        return new Witnesses(
                Witness.parseAll(text),
                quorum,
                Duration.ofSeconds(1),
                path -> Optional.empty(),
                InstantSource.system());
    }

    @Test
    void readsPairsWithAnySpaceBetween() {
        String text =
                ONE + " https://one.example/w \n# not this one\n\t" + TWO + "\nhttp://two:8080";
        assertThat(Witness.parseAll(text))
                .extracting(witness -> witness.key().name(), Witness::addCheckpoint)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"one.example\", https://one.example/w/add-checkpoint)",
                        "(\"two.example\", http://two:8080/add-checkpoint)");
        assertThat(Witness.parseAll(" \n# nobody\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY",
                "KEY one.example",
                "KEY ftp://one.example",
                "KEY https://user:secret@one.example",
                "KEY https://one.example?x=1",
                "KEY https://one.example/%zz",
                "https://one.example KEY"
            })
    void saysWhatIsWrongAndNotWhatIsSecret(String text) {
        assertThatThrownBy(() -> Witness.parseAll(text.replace("KEY", ONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PMS_WITNESSES")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void refusesTheKeyOfALogAndAWitnessTwiceAndAQuorumOfMoreThanThereAre() {
        String log = NoteSigner.fromSeed("log.example", new byte[32]).verifier().text();
        assertThatThrownBy(() -> Witness.parseAll(log + " https://one.example"))
                .hasMessageContaining("cosigns");
        String one = ONE + " https://one.example ";
        assertThatThrownBy(() -> witnesses(one + one, 0)).hasMessageContaining("twice");
        assertThatThrownBy(() -> witnesses(one, 2)).hasMessageContaining("PMS_WITNESS_QUORUM");
        assertThat(List.of(witnesses("", 0).status())).containsExactly(List.of());
    }
}
