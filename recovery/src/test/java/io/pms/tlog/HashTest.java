package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
    @Test
    void knowsTheRootOfTheEmptyTree() {
        assertThat(Hash.EMPTY_ROOT).hasToString("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assertThat(Hash.parse(Hash.EMPTY_ROOT.toString())).isEqualTo(Hash.EMPTY_ROOT);
    }

    @Test
    void hashesLeavesAndNodesApart() {
        assertThat(Hash.leaf(new byte[0]))
                .isEqualTo(
                        ReferenceTree.hex(
                                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"));
        Hash leaf = Hash.leaf(new byte[0]);
        assertThat(Hash.node(leaf, leaf)).isNotEqualTo(Hash.leaf(new byte[64]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", // no padding
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=", // bits that mean nothing
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=", // of URLs
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA", // 33 bytes
                " 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                ""
            })
    void refusesWhatIsNotCanonicalBase64OfThirtyTwoBytes(String text) {
        assertThatThrownBy(() -> Hash.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cannotBeChangedFromOutside() {
        byte[] bytes = new byte[Hash.BYTES];
        Hash hash = Hash.of(bytes);
        bytes[0] = 1;
        hash.toBytes()[0] = 1;
        assertThat(hash).isEqualTo(Hash.of(new byte[Hash.BYTES]));
    }
}
