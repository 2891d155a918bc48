package io.pms.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void storesUuidsInSixteenBytesAndEveryOtherTextWithoutConfusingTheTwo() {
        for (String id :
                new String[] {
                    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                    "3F2504E0-4F89-11D3-9A0C-0305E82C3301",
                    "a",
                    "exactly15chars!",
                    "exactly16chars!!",
                    "fourteen chars",
                    "überlänge/ÄÖÜ"
                }) assertThat(BinaryId.toText(BinaryId.toBytes(id))).isEqualTo(id);
        assertThat(BinaryId.toBytes("3f2504e0-4f89-11d3-9a0c-0305e82c3301")).hasSize(16);
        assertThat(BinaryId.toBytes("exactly15chars!")).hasSize(17);
        assertThatThrownBy(() -> BinaryId.toBytes("\0x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinaryId.toBytes("")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Two stored forms of one id would be a change that no hash shows. */
    @Test
    void readsAnIdFromOneStoredFormOnly() {
        for (String id :
                new String[] {
                    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                    "a",
                    "exactly15chars!",
                    "exactly16chars!!",
                    "überlänge/ÄÖÜ"
                }) {
            byte[] stored = BinaryId.toBytes(id);
            assertThat(BinaryId.toUtf8(stored)).asString(StandardCharsets.UTF_8).isEqualTo(id);
            for (int i = 0; i < stored.length; i++)
                for (int bit = 0; bit < 8; bit++) {
                    byte[] flipped = stored.clone();
                    flipped[i] ^= (byte) (1 << bit);
                    assertThat(readOrRefused(flipped)).isNotEqualTo(id);
                }
        }
        for (byte[] other :
                new byte[][] {
                    {},
                    {0},
                    {0, 0, 'a'},
                    ("\0" + "3f2504e0-4f89-11d3-9a0c-0305e82c3301").getBytes(StandardCharsets.UTF_8)
                }) assertThat(readOrRefused(other)).isEqualTo("refused");
    }

    private static String readOrRefused(byte[] stored) {
        try {
            return new String(BinaryId.toUtf8(stored), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    @Test
    void derivesTheCommandIdFromTenantAndKey() {
        // printf 'acme\0k1' | sha256sum
        assertThat(CommandIds.commandId("acme", "k1")).hasToString(ACME_K1);
        assertThat(CommandIds.commandId("acm", "ek1"))
                .isNotEqualTo(CommandIds.commandId("acme", "k1"));
    }

    @Test
    void leadsFromTheEventBackToItsCommand() {
        UUID command = CommandIds.commandId("acme", "k1");
        assertThat(CommandIds.eventId(command, 0)).isEqualTo(command);
        for (int index : new int[] {1, 255, 65_536, Integer.MAX_VALUE}) {
            UUID event = CommandIds.eventId(command, index);
            assertThat(event).isNotEqualTo(command);
            assertThat(CommandIds.eventId(event, index)).isEqualTo(command);
        }
    }

    @Test
    void writesTimesWithSixDecimals() {
        for (String time :
                new String[] {
                    "2026-11-23T08:00:00.000001Z",
                    "0001-01-01T00:00:00.000000Z",
                    "9999-12-31T23:59:59.999999Z"
                }) assertThat(EntryTime.format(EntryTime.parse(time))).isEqualTo(time);
        assertThatThrownBy(() -> EntryTime.format(Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final String ACME_K1 = "a9bff821-b3c2-57c6-0dac-37cb1b048293";

    @Test
    void anErasureHasAnIdThatFollowsFromOrganisationAndPersonAndIsNoOthers() {
        String uuid = "6f1d9a52-8c1e-4a57-9d0b-3b6a1c2e0003";
        for (String person : new String[] {uuid, "mira"}) {
            String record = PersonIds.erasureId("acme", person);
            assertThat(BinaryId.uuid(record)).isNull();
            assertThat(BinaryId.toText(BinaryId.toBytes(record))).isEqualTo(record);
            assertThat(PersonIds.erasureId("acme", person)).isEqualTo(record);
            assertThat(PersonIds.erasureId("others", person)).isNotEqualTo(record);
            assertThat(PersonIds.erasureId("acme", "ann")).isNotEqualTo(record);
        }
    }
}
