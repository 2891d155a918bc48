package io.pms.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static final long SEED = Long.getLong("pms.seed", System.nanoTime());

    @Nested
    class Encode {
        @Test
        void writesTheAttributesInOneOrderAndLeavesAbsentOnesOut() {
            Entry entry =
                    new Entry(
                            0,
                            7,
                            1_764_000_000_000_001L,
                            -1,
                            "00000000-0000-0000-0000-00000000002a",
                            "pms.task.TaskClosed.v1",
                            "b2f0c5a0-0000-4000-8000-000000000001",
                            3,
                            "acme",
                            "ann",
                            new UUID(0, 0x2a),
                            null,
                            null,
                            null,
                            "{\"reason\":\"done\"}",
                            null,
                            "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
            assertThat(EntryCodec.encode(entry))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(
                            "{\"specversion\":\"1.0\",\"id\":\"00000000-0000-0000-0000-00000000002a\",\"source\":\"/pms/log/0\","
                                    + "\"type\":\"pms.task.TaskClosed.v1\",\"subject\":\"b2f0c5a0-0000-4000-8000-000000000001\","
                                    + "\"time\":\"1969-12-31T23:59:59.999999Z\",\"recordedtime\":\"2025-11-24T16:00:00.000001Z\","
                                    + "\"position\":\"7\",\"sequence\":\"3\",\"tenant\":\"acme\",\"actor\":\"ann\","
                                    + "\"commandid\":\"00000000-0000-0000-0000-00000000002a\",\"metadata\":\"{\\\"reason\\\":\\\"done\\\"}\","
                                    + "\"data\":{\"a\":1}}");
        }

        @Test
        void refusesALoneSurrogate() {
            Entry entry = with("x\ud800", "{}");
            assertThatThrownBy(() -> EntryCodec.encode(entry)).hasMessageContaining("surrogate");
        }

        @Test
        void saysTheLongestThatAnEntryCanBecome() {
            Entry entry = with("x", "{}");
            int most = EntryCodec.prepare(entry).maxBytes();
            assertThat(EntryCodec.prepare(entry).complete(Long.MAX_VALUE, 0)).hasSize(most);
        }
    }

    @Nested
    class RoundTrip {
        @Test
        void givesBackEveryEntryByteForByte() {
            Random random = new Random(SEED);
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = EntryCodec.encode(random(random));
                assertThat(EntryCodec.encode(EntryCodec.decode(bytes)))
                        .as("seed %d, entry %d", SEED, i)
                        .isEqualTo(bytes);
            }
        }

        @Test
        void keepsDataThatIsNotJson() {
            byte[] data = {0, 1, (byte) 0xff};
            Entry entry =
                    new Entry(
                            0,
                            0,
                            0,
                            0,
                            "x",
                            "t",
                            null,
                            0,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            "application/xml",
                            data);
            assertThat(EntryCodec.decode(EntryCodec.encode(entry)).data()).isEqualTo(data);
        }
    }

    @Nested
    class Decode {
        @Test
        void refusesEveryByteThatIsFlippedUnlessItIsAnotherCanonicalEntry() {
            byte[] bytes = EntryCodec.encode(random(new Random(SEED)));
            for (int i = 0; i < bytes.length; i++)
                for (int bit = 0; bit < 8; bit++) {
                    byte[] flipped = bytes.clone();
                    flipped[i] ^= (byte) (1 << bit);
                    try {
                        assertThat(EntryCodec.encode(EntryCodec.decode(flipped)))
                                .isEqualTo(flipped);
                    } catch (MalformedEntryException e) {
                        assertThat(e).hasMessageMatching("(?s)(at byte \\d+: .*|.*canonical.*)");
                    }
                }
        }

        /** What is accepted encodes to itself, so that an entry has no second form. */
        @Test
        void acceptsNothingThatItWouldNotHaveWritten() {
            Random random = new Random(SEED);
            byte[] inserted = "0+-\\\"u,:{}/T.Z\u0001\u007f".getBytes(StandardCharsets.UTF_8);
            int accepted = 0;
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = EntryCodec.encode(random(random));
                int at = random.nextInt(bytes.length);
                byte[] edited = new byte[bytes.length + 1];
                System.arraycopy(bytes, 0, edited, 0, at);
                edited[at] = inserted[random.nextInt(inserted.length)];
                System.arraycopy(bytes, at, edited, at + 1, bytes.length - at);
                try {
                    Entry entry = EntryCodec.decode(edited);
                    assertThat(EntryCodec.encode(entry)).isEqualTo(edited);
                    accepted++;
                } catch (MalformedEntryException e) {
                    // most are
                }
            }
            assertThat(accepted).as("texts may have one character more").isPositive();
        }

        @Test
        void refusesWhiteSpaceOtherOrdersUnknownMembersAndTruncation() {
            String canonical =
                    new String(EntryCodec.encode(with("s", "{}")), StandardCharsets.UTF_8);
            for (String other :
                    new String[] {
                        canonical.replace("{\"spec", "{ \"spec"),
                        canonical.replace(",\"data\":{}", ",\"data\":{},\"extra\":1"),
                        canonical.replace("\"sequence\":\"0\"", "\"sequence\":\"00\""),
                        canonical.replace("\"sequence\":\"0\"", "\"sequence\":\"-1\""),
                        canonical.replace("\"id\":\"x\"", "\"id\":\"\\u0078\""),
                        canonical.replace(
                                "\"specversion\":\"1.0\",\"id\":\"x\"",
                                "\"id\":\"x\",\"specversion\":\"1.0\""),
                        canonical.substring(0, canonical.length() - 1),
                        canonical.substring(0, 40),
                        canonical + "}",
                        ""
                    })
                assertThatThrownBy(() -> EntryCodec.decode(other.getBytes(StandardCharsets.UTF_8)))
                        .as(other)
                        .isInstanceOf(MalformedEntryException.class);
        }
    }

    private static Entry with(@Nullable String subject, String data) {
        return new Entry(
                0,
                0,
                0,
                0,
                "x",
                "t",
                subject,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                data.getBytes(StandardCharsets.UTF_8));
    }

    private static Entry random(Random random) {
        UUID command = random.nextBoolean() ? new UUID(random.nextLong(), random.nextLong()) : null;
        return new Entry(
                random.nextInt(100),
                random.nextLong() >>> 1,
                random.nextLong(4_000_000_000_000_000L),
                random.nextLong(4_000_000_000_000_000L) - 2_000_000_000_000_000L,
                random.nextBoolean() ? UUID.randomUUID().toString() : text(random) + "x",
                text(random) + "type",
                random.nextBoolean() ? null : text(random),
                random.nextLong() >>> 1,
                random.nextBoolean() ? null : text(random),
                random.nextBoolean() ? null : text(random),
                command,
                random.nextBoolean() ? null : text(random),
                random.nextBoolean() ? null : text(random),
                random.nextBoolean() ? null : text(random),
                random.nextBoolean() ? null : text(random),
                random.nextBoolean() ? null : "application/json",
                "{\"a\" : [1, 2.50, \"ü\\u0041\"] }".getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int point = random.nextInt(4) == 0 ? random.nextInt(0x30) : random.nextInt(0x1_1000);
            if (!(point >= 0xd800 && point < 0xe000)) text.appendCodePoint(point);
        }
        return text.toString();
    }
}
