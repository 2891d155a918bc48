package io.pms.log.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.log.LogUnavailableException;
import io.pms.log.seal.KeyWrapping.Wrapped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {
    private static final byte[] CONTEXT = KeyRig.utf8("context");
    private static final byte[] KEY = KeyRig.utf8("a key of thirty-two bytes, more or");

    @TempDir private Path folder;

    private Path made(String name) {
        Path file = folder.resolve(name);
        MasterKeys.make(file);
        return file;
    }

    private Path written(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void areMadeForTheirOwnerAloneAndNeverTwice() throws IOException {
        Path file = made("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String first = Files.readString(file);
        MasterKeys.make(file);
        assertThat(file).hasContent(first);
        assertThat(folder.toFile().list()).containsExactly("master.key");
    }

    @Test
    void unwrapWhatTheyWrappedAndNothingElse() {
        MasterKeys keys = MasterKeys.read(made("a"));
        Wrapped wrapped = keys.wrap(KEY, CONTEXT);
        assertThat(keys.unwrap(wrapped, CONTEXT)).isEqualTo(KEY);
        assertThatThrownBy(() -> keys.unwrap(wrapped, KeyRig.utf8("another")))
                .isInstanceOf(DamagedKeyException.class);
        byte[] changed = wrapped.bytes().clone();
        changed[changed.length - 1] ^= 1;
        assertThatThrownBy(() -> keys.unwrap(new Wrapped(keys.current(), changed), CONTEXT))
                .isInstanceOf(DamagedKeyException.class)
                .hasMessageContaining("is not what was stored");
        assertThat(keys.wrap(KEY, CONTEXT).bytes()).isNotEqualTo(wrapped.bytes());
        assertThatThrownBy(() -> MasterKeys.read(made("b")).unwrap(wrapped, CONTEXT))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(keys.current());
    }

    @Test
    void wrapWithTheNewestAndUnwrapWithAll() throws IOException {
        Path old = made("old");
        Path next = made("next");
        Wrapped wrapped = MasterKeys.read(old).wrap(KEY, CONTEXT);
        String both = "# both\n" + Files.readString(old) + "\n" + Files.readString(next);
        MasterKeys keys = MasterKeys.read(written("both", both));
        assertThat(keys.current()).isEqualTo(MasterKeys.read(next).current());
        assertThat(keys.unwrap(wrapped, CONTEXT)).isEqualTo(KEY);
        assertThat(keys.wrap(KEY, CONTEXT).masterKey()).isEqualTo(keys.current());
    }

    @Test
    void sayWhatIsWrongWithTheirFile() throws IOException {
        assertRefused(folder.resolve("absent"), "is not there");
        assertRefused(written("empty", "# none\n"), "holds no key");
        assertRefused(written("short", "c2hvcnQ=\n"), "line 1 is not 32 bytes in base64");
        assertRefused(written("other", "secret!\n"), "line 1 is not 32 bytes in base64");
        assertThatThrownBy(() -> MasterKeys.read(folder.resolve("other")))
                .hasMessageNotContaining("secret");
    }

    @Test
    void areRefusedWhenOthersMayReadOrWriteThem() throws IOException {
        Path file = made("master.key");
        for (String open : new String[] {"rw-r--r--", "rw----r--", "rw-rw----", "rw-----w-"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertRefused(file, "run: chmod 600");
        }
        for (String closed : new String[] {"r--------", "rw-------", "r--r-----"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(closed));
            MasterKeys.read(file);
        }
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> MasterKeys.read(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why);
    }

    @Test
    void areAllDifferent() {
        assertThat(
                        IntStream.range(0, 100)
                                .mapToObj(i -> MasterKeys.read(made("k" + i)).current())
                                .collect(Collectors.toSet()))
                .hasSize(100);
    }
}
