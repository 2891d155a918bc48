package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static final String TEXT = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";

    @Test
    void readsTheSpecificationsExample() {
        Checkpoint checkpoint = Checkpoint.parse(TEXT);
        assertThat(checkpoint)
                .isEqualTo(
                        new Checkpoint(
                                "example.com/behind-the-sofa", 20_852_163, Hash.parse(ROOT)));
        assertThat(checkpoint.text()).isEqualTo(TEXT);
    }

    @Test
    void keepsExtensionLinesAsTheyAre() {
        String text = TEXT + "timestamp 1700000000\n— looks like a signature\n";
        Checkpoint checkpoint = Checkpoint.parse(text);
        assertThat(checkpoint.extensions())
                .containsExactly("timestamp 1700000000", "— looks like a signature");
        assertThat(checkpoint.text()).isEqualTo(text);
    }

    @Test
    void takesOriginsOfAnyWords() {
        assertThat(Checkpoint.parse("Журнал + 1\n0\n" + Hash.EMPTY_ROOT + "\n").origin())
                .isEqualTo("Журнал + 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "a\n",
                "a\n1\n",
                "a\n1\n" + ROOT,
                "\n1\n" + ROOT + "\n",
                "a\n01\n" + ROOT + "\n",
                "a\n+1\n" + ROOT + "\n",
                "a\n-1\n" + ROOT + "\n",
                "a\n1 \n" + ROOT + "\n",
                "a\n１\n" + ROOT + "\n",
                "a\n\n" + ROOT + "\n",
                "a\n9223372036854775808\n" + ROOT + "\n",
                "a\n1\n" + ROOT + "\r\n",
                "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "a\n1\nAAAA\n",
                "a\n1\n" + ROOT + "\n\n",
                "a\n1\n" + ROOT + "\nextension\n\nextension\n",
                "a\n1\n" + ROOT + "\nextension",
                "a\n0\n" + ROOT + "\n",
                "a\tb\n1\n" + ROOT + "\n",
                "a\ud800\n1\n" + ROOT + "\n"
            })
    void refusesWhatIsNotACheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("checkpoint");
    }

    @Test
    void saysOnWhichLineItIsWrong() {
        assertThatThrownBy(() -> Checkpoint.parse("a\n007\n" + ROOT + "\n"))
                .hasMessage(
                        "checkpoint, line 2: '007' is not a decimal number without leading zeroes");
    }

    @Test
    void cannotBeMadeWithLinesThatSaySomethingElse() {
        Hash root = Hash.parse(ROOT);
        assertThatThrownBy(() -> new Checkpoint("a\n7", 1, root))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a", 1, root, List.of("")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a", -1, root))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a", 0, root))
                .hasMessageContaining("an empty log cannot have the root");
    }
}
