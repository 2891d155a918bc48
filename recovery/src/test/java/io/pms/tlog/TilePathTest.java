package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 0, 1, tile/0/000.p/1",
        "0, 999, 255, tile/0/999.p/255",
        "1, 1000, 256, tile/1/x001/000",
        "2, 1234067, 8, tile/2/x001/x234/067.p/8",
        "63, 9223372036854775807, 256, tile/63/x009/x223/x372/x036/x854/x775/807",
        "-1, 70000, 112, tile/entries/x070/000.p/112",
        "-1, 0, 256, tile/entries/000"
    })
    void readsWhatItWrites(int level, long index, int width, String text) {
        TilePath path = new TilePath(level, index, width);
        assertThat(path).hasToString(text);
        assertThat(TilePath.parse(text)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "checkpoint",
                "tile/0/0",
                "tile/0/0000",
                "/tile/0/000",
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/x000/001",
                "tile/0/x001",
                "tile/0/001/000",
                "tile/0/x001/x000",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000.p/",
                "tile/0/000.p/1/",
                "tile/0/000/",
                "tile/0/000\n",
                "tile/0/../000",
                "tile/entries/000.p/1.p/1",
                "tile/Entries/000",
                "tile/0/٠٠٠",
                "tile/0/x009/x223/x372/x036/x854/x775/808",
                "tile/0/x001/x009/x223/x372/x036/x854/x775/807"
            })
    void refusesEveryOtherText(String text) {
        assertThatThrownBy(() -> TilePath.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesAVeryLongTextWithShortWords() {
        assertThatThrownBy(() -> TilePath.parse("tile/0/" + "x001/".repeat(100_000) + "000"))
                .isInstanceOf(FormatException.class)
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void hasNoEqualTextsAmongMutations() {
        byte[] text = TextLines.encode("tile/2/x001/x234/067.p/8");
        for (byte[] mutant : Mutations.of(text)) {
            String other = new String(mutant, StandardCharsets.ISO_8859_1);
            try {
                assertThat(TilePath.parse(other)).hasToString(other);
            } catch (FormatException e) {
                assertThat(e.format()).isEqualTo("tile path");
            }
        }
    }

    @Test
    void refusesTilesThatCannotBe() {
        assertThatThrownBy(() -> new TilePath(-2, 0, 1)).hasMessageContaining("-2");
        assertThatThrownBy(() -> new TilePath(64, 0, 1)).hasMessageContaining("64");
        assertThatThrownBy(() -> new TilePath(0, -1, 1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new TilePath(0, 0, 0)).hasMessageContaining("0");
        assertThatThrownBy(() -> new TilePath(0, 0, 257)).hasMessageContaining("257");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1, 1, 0, 0",
        "255, 255, 0, 0",
        "256, 0, 1, 0",
        "257, 1, 1, 0",
        "65535, 255, 255, 0",
        "65536, 0, 0, 1",
        "70000, 112, 17, 1"
    })
    void tellsTheWidthOfPartialTiles(long size, int leaves, int level1, int level2) {
        assertThat(TilePath.partialWidth(TilePath.ENTRIES, size)).isEqualTo(leaves);
        assertThat(TilePath.partialWidth(0, size)).isEqualTo(leaves);
        assertThat(TilePath.partialWidth(1, size)).isEqualTo(level1);
        assertThat(TilePath.partialWidth(2, size)).isEqualTo(level2);
        assertThat(TilePath.partialWidth(3, size)).isZero();
        assertThat(TilePath.partialWidth(8, Long.MAX_VALUE)).isZero();
    }

    @Test
    void findsTilesInATree() {
        assertThat(TilePath.inTree(0, 272, 70_000)).hasToString("tile/0/272");
        assertThat(TilePath.inTree(0, 273, 70_000)).hasToString("tile/0/273.p/112");
        assertThat(TilePath.inTree(1, 1, 70_000)).hasToString("tile/1/001.p/17");
        assertThat(TilePath.inTree(TilePath.ENTRIES, 273, 70_000))
                .hasToString("tile/entries/273.p/112");
        assertThatThrownBy(() -> TilePath.inTree(0, 274, 70_000))
                .hasMessageContaining("no tile 274 at level 0");
        assertThatThrownBy(() -> TilePath.inTree(0, 1, 256)).hasMessageContaining("no tile 1");
        assertThatThrownBy(() -> TilePath.inTree(0, 0, -1)).hasMessageContaining("-1");
    }

    @Test
    void isWithinATreeThatHasAllOfIt() {
        assertThat(new TilePath(0, 273, 112).isWithin(70_000)).isTrue();
        assertThat(new TilePath(0, 273, 113).isWithin(70_000)).isFalse();
        assertThat(new TilePath(1, 0, 256).isWithin(70_000)).isTrue();
        assertThat(new TilePath(2, 0, 1).isWithin(70_000)).isTrue();
        assertThat(new TilePath(2, 0, 2).isWithin(70_000)).isFalse();
        assertThat(new TilePath(TilePath.ENTRIES, 1, 256).isWithin(512)).isTrue();
        assertThat(new TilePath(0, Long.MAX_VALUE, 256).isWithin(Long.MAX_VALUE)).isFalse();
        assertThat(new TilePath(63, 0, 1).isWithin(Long.MAX_VALUE)).isFalse();
    }
}
