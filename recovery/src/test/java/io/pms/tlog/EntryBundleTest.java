package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
    private static final TilePath THREE = new TilePath(TilePath.ENTRIES, 2, 3);
    private static final byte[] ENCODED = HexFormat.of().parseHex("0001aa" + "0000" + "0002bbcc");

    @Test
    void writesLengthsBeforeEntries() {
        EntryBundle bundle =
                new EntryBundle(
                        List.of(
                                new byte[] {(byte) 0xaa},
                                new byte[0],
                                new byte[] {(byte) 0xbb, (byte) 0xcc}));
        assertThat(bundle.encode()).isEqualTo(ENCODED);
        assertThat(EntryBundle.decode(THREE, ENCODED).entries())
                .usingRecursiveComparison()
                .isEqualTo(bundle.entries());
    }

    @Test
    void takesTheLongestEntriesAndAFullBundle() {
        byte[] longest = new byte[EntryBundle.MAX_ENTRY_BYTES];
        EntryBundle bundle = new EntryBundle(Collections.nCopies(256, longest));
        EntryBundle read =
                EntryBundle.decode(new TilePath(TilePath.ENTRIES, 0, 256), bundle.encode());
        assertThat(read.entries()).hasSize(256).allMatch(entry -> entry.length == 65_535);
    }

    @Test
    void refusesEntriesThatCannotBeWritten() {
        assertThatThrownBy(() -> new EntryBundle(List.of())).hasMessageContaining("not 0");
        assertThatThrownBy(() -> new EntryBundle(Collections.nCopies(257, new byte[0])))
                .hasMessageContaining("not 257");
        assertThatThrownBy(() -> new EntryBundle(List.of(new byte[65_536])))
                .hasMessageContaining("not 65536");
    }

    @Test
    void namesTheEntryThatIsCutShortAndWhere() {
        FormatException e =
                catchThrowableOfType(
                        FormatException.class,
                        () ->
                                EntryBundle.decode(
                                        THREE, HexFormat.of().parseHex("0001aa00000002bb")));
        assertThat(e).hasMessage("tile/entries/002.p/3, byte 5: entry 514 is cut short");
        assertThat(e.place()).isEqualTo(5);
        assertThat(e.format()).isEqualTo("tile/entries/002.p/3");
    }

    @Test
    void refusesBytesAfterTheLastEntry() {
        assertThatThrownBy(() ->
                        EntryBundle.decode(THREE, HexFormat.of().parseHex("0000000000000000")))
                .hasMessage("tile/entries/002.p/3, byte 6: 2 bytes after the last of its entries");
    }

    @Test
    void refusesTheWidthOfAnother() {
        assertThatThrownBy(() -> EntryBundle.decode(new TilePath(TilePath.ENTRIES, 0, 2), ENCODED))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> EntryBundle.decode(new TilePath(TilePath.ENTRIES, 0, 4), ENCODED))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> EntryBundle.decode(new TilePath(0, 0, 3), ENCODED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Another bundle can be well formed; its leaves tell. */
    @Test
    void isRefusedOrHasOtherLeavesAfterAnyMutation() {
        HashTile leaves = EntryBundle.decode(THREE, ENCODED).leaves();
        for (byte[] mutant : Mutations.of(ENCODED)) {
            try {
                EntryBundle other = EntryBundle.decode(THREE, mutant);
                assertThat(other.leaves().firstDifference(leaves)).isPresent();
                assertThat(other.encode()).isEqualTo(mutant);
            } catch (FormatException e) {
                assertThat(e.place()).isBetween(0L, (long) mutant.length);
            }
        }
    }

    @Test
    void hashesItsEntriesWithoutTheirLengths() {
        HashTile leaves = EntryBundle.decode(THREE, ENCODED).leaves();
        assertThat(leaves.width()).isEqualTo(3);
        assertThat(leaves.hash(1)).isEqualTo(Hash.leaf(new byte[0]));
        assertThat(leaves.hash(0)).isEqualTo(Hash.leaf(new byte[] {(byte) 0xaa}));
    }
}
