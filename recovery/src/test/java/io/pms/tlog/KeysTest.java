package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final String VKEY =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60 d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7 fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
            })
    void derivesThePublicKeysOfTheStandard(String seedAndKey) {
        String[] parts = seedAndKey.split(" ");
        byte[] publicKey =
                Ed25519.bytes(Ed25519.keyPair(HexFormat.of().parseHex(parts[0])).getPublic());
        assertThat(HexFormat.of().formatHex(publicKey)).isEqualTo(parts[1]);
        assertThat(Ed25519.bytes(Ed25519.publicKey(publicKey))).isEqualTo(publicKey);
    }

    @Nested
    class Verifiers {
        @Test
        void readWhatTheyWrite() {
            NoteVerifier verifier = NoteVerifier.parse(VKEY);
            assertThat(verifier.text()).isEqualTo(VKEY);
            assertThat(verifier.name()).isEqualTo("example.com/foo");
            assertThat(verifier.keyId()).isEqualTo(0x530d903a);
            assertThat(verifier.isCosigner()).isFalse();
            NoteVerifier witness = Keys.WITNESS.verifier();
            assertThat(NoteVerifier.parse(witness.text())).isEqualTo(witness);
            assertThat(witness.isCosigner()).isTrue();
        }

        @Test
        void areRefusedAfterAnyMutation() {
            for (byte[] mutant : Mutations.ofText(VKEY.getBytes(StandardCharsets.UTF_8))) {
                String text = new String(mutant, StandardCharsets.ISO_8859_1);
                Mutations.assertRefused(text, () -> NoteVerifier.parse(text));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "+",
                    "++",
                    "example.com/foo",
                    "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                    "example.com/foo+0x530d90+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                    "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                    "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U",
                    "example.com/ foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
                })
        void areRefusedInAnyOtherForm(String text) {
            assertThatThrownBy(() -> NoteVerifier.parse(text))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith("verifier key: ");
        }

        /** y = 2^255 - 1 is more than the prime, and y = 2 is on no point of the curve. */
        @Test
        void needAPublicKeyThatIsAPoint() {
            byte[] large = HexFormat.of().parseHex("ff".repeat(32));
            byte[] nowhere = HexFormat.of().parseHex("02" + "00".repeat(31));
            assertThatThrownBy(() -> Ed25519.publicKey(large)).hasMessageContaining("reduced");
            assertThatThrownBy(() -> Ed25519.publicKey(nowhere)).hasMessageContaining("point");
            assertThatThrownBy(() -> Ed25519.publicKey(new byte[31])).hasMessageContaining("31");
        }
    }

    @Nested
    class Signers {
        @Test
        void readWhatTheyWrite() {
            String text = Keys.LOG.privateText();
            assertThat(text)
                    .startsWith("PRIVATE+KEY+example.com/log+")
                    .endsWith("+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB");
            assertThat(NoteSigner.parse(text).privateText()).isEqualTo(text);
            assertThat(NoteSigner.parse(text).verifier()).isEqualTo(Keys.LOG.verifier());
            String witness = Keys.WITNESS.privateText();
            assertThat(Cosigner.parse(witness).privateText()).isEqualTo(witness);
            assertThat(Cosigner.parse(witness).verifier()).isEqualTo(Keys.WITNESS.verifier());
        }

        @Test
        void areDifferentWhenTheyAreGenerated() {
            SecureRandom random = new SecureRandom();
            NoteSigner one = NoteSigner.generate("example.com/log", random);
            assertThat(NoteSigner.generate("example.com/log", random).verifier())
                    .isNotEqualTo(one.verifier());
            one.verifier().verifies("text\n", one.sign("text\n"));
            assertThat(Cosigner.generate("w", random).verifier().isCosigner()).isTrue();
        }

        @Test
        void areRefusedAfterAnyMutation() {
            byte[] text = Keys.LOG.privateText().getBytes(StandardCharsets.UTF_8);
            for (byte[] mutant : Mutations.ofText(text)) {
                String other = new String(mutant, StandardCharsets.ISO_8859_1);
                Mutations.assertRefused(other, () -> NoteSigner.parse(other));
            }
        }

        @Test
        void areNotTakenForTheOtherKind() {
            assertThatThrownBy(() -> NoteSigner.parse(Keys.WITNESS.privateText()))
                    .hasMessageContaining("type COSIGNATURE");
            assertThatThrownBy(() -> Cosigner.parse(Keys.LOG.privateText()))
                    .hasMessageContaining("type NOTE");
        }

        @Test
        void neverShowTheirKey() {
            String seed = Base64.getEncoder().encodeToString(Keys.seed(1)).substring(4, 40);
            assertThat(Keys.LOG.toString()).doesNotContain(seed);
            String wrong = Keys.LOG.privateText().replace("log+", "lag+");
            String cut = Keys.LOG.privateText().replaceFirst("=?.$", "*");
            for (String text : new String[] {wrong, cut, "PRIVATE+KEY+" + seed + "+"})
                assertThatThrownBy(() -> NoteSigner.parse(text))
                        .satisfies(e -> {
                            assertThat(e.toString()).doesNotContain(seed);
                            assertThat(e.getCause()).isNull();
                        });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "a b",
                    "a+b",
                    "a\nb",
                    "a\tb",
                    "a\u00a0b",
                    "a\u0085b",
                    "a\u2028b",
                    "a\ud800"
                })
        void haveNamesWithoutSpacesAndPlusses(String name) {
            assertThatThrownBy(() -> NoteSigner.fromSeed(name, Keys.seed(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void needASeedOfThirtyTwoBytes() {
            assertThatThrownBy(() -> NoteSigner.fromSeed("a", new byte[31]))
                    .hasMessageContaining("31");
        }
    }
}
