package io.pms.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortKeyTest {
    private static int byBytes(String a, String b) {
        return Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void placesInAWorkBreakdownStructureSortByNumbers() {
        List<String> ordered =
                List.of(
                        "0", "1", "1.1", "1.2", "1.2.1", "1.10", "2", "2.0.1", "10", "10.1",
                        "100.1");
        for (int i = 1; i < ordered.size(); i++)
            assertThat(byBytes(SortKey.ofWbs(ordered.get(i - 1)), SortKey.ofWbs(ordered.get(i))))
                    .as("%s before %s", ordered.get(i - 1), ordered.get(i))
                    .isNegative();
        assertThat(SortKey.ofWbs("01.002")).isEqualTo(SortKey.ofWbs("1.2"));
    }

    @Test
    void namesSortWithoutRegardToCaseAndHaveNoNul() {
        assertThat(SortKey.ofName("BRÜCKE")).isEqualTo(SortKey.ofName("brücke"));
        assertThat(SortKey.ofName("a\0b")).doesNotContain("\0");
    }

    @Test
    void longNamesAreCutButNeverThroughACharacter() {
        assertThat(SortKey.ofName("x".repeat(500))).hasSize(80);
        assertThat(SortKey.ofName("x".repeat(79) + "🚧")).isEqualTo("x".repeat(79));
    }
}
