package io.pms.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What an attacker, or a bad disk, makes of bytes. */
final class Mutations {
    private Mutations() {}

    /** Every bit turned, every byte left out, repeated, and every shorter beginning. */
    static List<byte[]> of(byte[] bytes) {
        List<byte[]> all = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) all.add(turned(bytes, at, bit));
            all.add(joined(bytes, at, bytes, at + 1));
            all.add(joined(bytes, at + 1, bytes, at));
            all.add(Arrays.copyOf(bytes, at));
        }
        all.add(joined(bytes, bytes.length, new byte[] {'\n'}, 0));
        all.add(joined(bytes, bytes.length, new byte[] {0}, 0));
        all.removeIf(mutant -> Arrays.equals(mutant, bytes));
        return all;
    }

    /** Also lines left out, repeated and swapped, and line ends of another kind. */
    static List<byte[]> ofText(byte[] utf8) {
        List<byte[]> all = of(utf8);
        String text = new String(utf8, StandardCharsets.UTF_8);
        List<String> lines = List.of(text.split("(?<=\n)"));
        for (int i = 0; i < lines.size(); i++) {
            all.add(withLine(lines, i, ""));
            all.add(withLine(lines, i, "\n" + lines.get(i)));
            all.add(withLine(lines, i, " " + lines.get(i)));
            all.add(withLine(lines, i, lines.get(i).replace("\n", "\r\n")));
            all.add(withLine(lines, i, lines.get(i).replace("\n", " \n")));
        }
        all.add(text.replace("=\n", "\n").getBytes(StandardCharsets.UTF_8));
        all.removeIf(mutant -> Arrays.equals(mutant, utf8));
        return all;
    }

    private static byte[] withLine(List<String> lines, int at, String other) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(at, other);
        return String.join("", changed).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] turned(byte[] bytes, int at, int bit) {
        byte[] mutant = bytes.clone();
        mutant[at] ^= (byte) (1 << bit);
        return mutant;
    }

    private static byte[] joined(byte[] head, int headLength, byte[] tail, int tailFrom) {
        byte[] mutant = Arrays.copyOf(head, headLength + tail.length - tailFrom);
        System.arraycopy(tail, tailFrom, mutant, headLength, tail.length - tailFrom);
        return mutant;
    }

    /** Every list with one hash changed, left out, repeated, or put in. */
    static List<List<Hash>> of(List<Hash> hashes) {
        List<List<Hash>> all = new ArrayList<>();
        Hash other = Hash.leaf(new byte[] {42});
        for (int i = 0; i <= hashes.size(); i++) {
            List<Hash> longer = new ArrayList<>(hashes);
            longer.add(i, other);
            all.add(longer);
        }
        for (int i = 0; i < hashes.size(); i++) {
            List<Hash> shorter = new ArrayList<>(hashes);
            shorter.remove(i);
            all.add(shorter);
            List<Hash> repeated = new ArrayList<>(hashes);
            repeated.add(i, hashes.get(i));
            all.add(repeated);
            for (int at = 0; at < Hash.BYTES; at++) {
                List<Hash> changed = new ArrayList<>(hashes);
                changed.set(i, Hash.of(turned(hashes.get(i).toBytes(), at, at % 8)));
                all.add(changed);
            }
            if (i > 0 && !hashes.get(i).equals(hashes.get(i - 1))) {
                List<Hash> swapped = new ArrayList<>(hashes);
                swapped.set(i, hashes.get(i - 1));
                swapped.set(i - 1, hashes.get(i));
                all.add(swapped);
            }
        }
        return all;
    }

    /** Asserts that something is refused, and not by accident. */
    static void assertRefused(String what, ThrowingCallable attempt) {
        assertThat(ThrowableAssert.catchThrowable(attempt))
                .as(what)
                .isNotNull()
                .isInstanceOfAny(
                        FormatException.class, ProofException.class, UntrustedNoteException.class);
    }
}
