package io.pms.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pms.objects.ObjectStoreException.Reason;
import io.pms.objects.PutOutcome.Stored;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crashes, other processes and the file system do to a folder. */
class FolderFaultsTest {
    @TempDir Path folder;

    private ObjectStore open() {
        return ObjectStore.open(FolderProcess.url(folder), ObjectStoreSettings.defaults());
    }

    private static NewObject object(String key, String text) {
        return ObjectStoreContract.object(key, text.getBytes(UTF_8));
    }

    @Test
    void afterACrashAtAnyMomentThereAreWholeObjectsOnly() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("crashes with seed " + seed);
        Random random = new Random(seed);
        int objects = 0;
        for (int round = 0; round < 6; round++) {
            Process writer = start("write", String.valueOf(random.nextLong()));
            assertThat(writer.inputReader().readLine()).isEqualTo("ready");
            objects += readUntil(System.nanoTime() + (100 + random.nextInt(300)) * 1_000_000L);
            writer.destroyForcibly().waitFor();
            checkWhole();
        }
        assertThat(objects).isPositive();
    }

    /** A reader beside the writer sees whole objects too. */
    private int readUntil(long end) {
        int objects = 0;
        try (ObjectStore store = open()) {
            while (System.nanoTime() < end)
                for (String key : store.list("", null, 1_000))
                    objects +=
                            store.get(key).filter(found -> isWhole(key, found)).isPresent() ? 1 : 0;
        }
        return objects;
    }

    private static boolean isWhole(String key, StoredObject found) {
        assertThat(FolderProcess.isWhole(found.bytes())).as(key).isTrue();
        return true;
    }

    private void checkWhole() throws IOException {
        try (ObjectStore store = open()) {
            List<String> keys = store.list("", null, 1_000);
            for (String key : keys) isWhole(key, store.get(key).orElseThrow());
            String key = keys.isEmpty() ? "d0/k0" : keys.getFirst();
            store.delete(key);
            assertThat(store.put(object(key, "x"), Condition.ifAbsent()))
                    .isInstanceOf(Stored.class);
            store.delete(key);
        }
    }

    @Test
    void processesDoNotLoseEachOthersWrites() throws Exception {
        try (ObjectStore store = open()) {
            store.put(object("count", "0"), Condition.always());
            Process first = start("count", "first");
            Process second = start("count", "second");
            for (int i = 0; i < 100; i++) Counter.increment(store, "count", "this." + i);
            for (Process process : List.of(first, second)) {
                assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
                assertThat(process.inputReader().lines()).isEmpty();
            }
            String text = new String(store.get("count").orElseThrow().bytes(), UTF_8);
            assertThat(Counter.value(text)).isEqualTo(300);
        }
    }

    @Test
    void draftsOfACrashedWriterAreInvisibleAndGoInTime() throws IOException {
        open().close();
        Path drafts = folder.resolve(Drafts.FOLDER);
        Path old = Files.writeString(drafts.resolve("old"), "half an ob");
        Path young = Files.writeString(drafts.resolve("young"), "half");
        Files.setLastModifiedTime(
                old, FileTime.from(Instant.now().minus(Drafts.MAX_AGE).minusSeconds(60)));
        try (ObjectStore store = open()) {
            assertThat(store.list("", null, 10)).isEmpty();
            assertThat(old).doesNotExist();
            assertThat(young).exists();
        }
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        try (ObjectStore store = open()) {
            store.put(object("a/b/c", "1"), Condition.always());
            store.put(object("a/b/c", "2"), Condition.ifAbsent());
            store.put(object("a/b/c", "3"), Condition.ifVersion("none"));
            store.delete("a/b/c");
            try (Stream<Path> left = Files.walk(folder)) {
                assertThat(left)
                        .containsExactlyInAnyOrder(
                                folder, folder.resolve(".tmp"), folder.resolve(".lock"));
            }
        }
    }

    @Test
    void aLockThatIsHeldTooLongIsATimeout() throws IOException {
        ObjectStoreSettings hasty =
                ObjectStoreSettings.defaults()
                        .withTimeouts(
                                new ObjectStoreSettings.Timeouts(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(1),
                                        Duration.ofMillis(100)));
        try (ObjectStore store = ObjectStore.open(FolderProcess.url(folder), hasty);
                FileChannel other =
                        FileChannel.open(
                                folder.resolve(".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(failure(() -> store.put(object("a", "1"), Condition.always())).reason())
                    .isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void aKeyCannotBeTheFolderOfAnother() {
        try (ObjectStore store = open()) {
            store.put(object("a", "1"), Condition.always());
            store.put(object("b/c", "1"), Condition.always());
            for (Condition condition : List.of(Condition.always(), Condition.ifAbsent())) {
                assertThat(failure(() -> store.put(object("a/b", "2"), condition)).reason())
                        .isEqualTo(Reason.REFUSED);
                assertThat(failure(() -> store.put(object("b", "2"), condition)).reason())
                        .isEqualTo(Reason.REFUSED);
            }
            assertThat(store.get("b")).isEmpty();
        }
    }

    /** As when a disk was not mounted again: then nothing is known of what is missing. */
    @Test
    void aFolderThatIsGoneIsNotAnEmptyOne() throws IOException {
        try (ObjectStore store = open()) {
            Files.delete(folder.resolve(".tmp"));
            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(
                            () -> store.get("a"),
                            () -> store.put(object("a", "1"), Condition.ifAbsent()),
                            () -> store.delete("a"),
                            () -> store.list("", null, 1))) {
                ObjectStoreException failure = failure(call);
                assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(failure.retryable()).isTrue();
            }
        }
    }

    @Test
    void onlyTheLastFolderIsMade() {
        String deep = FolderProcess.url(folder.resolve("a/b"));
        assertThat(failure(() -> ObjectStore.open(deep, ObjectStoreSettings.defaults())).reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }

    /** Root is held to permissions too once it has given up its right to override them. */
    @Test
    void aForbiddenFolderIsDenied() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        assumeTrue(!root || Files.isExecutable(Path.of("/usr/bin/setpriv")));
        String[] tamed = {"setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"};
        open().close();
        Files.setPosixFilePermissions(
                folder.resolve(".tmp"), PosixFilePermissions.fromString("r-xr-xr-x"));
        String output = output(root ? tamed : new String[0]);
        Files.setPosixFilePermissions(
                folder.resolve(".tmp"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(output).startsWith("DENIED").contains("let this process read and write");
    }

    @Test
    void aFullDiskIsFull() throws Exception {
        String mount = "mount -t tmpfs -o size=256k tmpfs " + folder;
        String[] alone = {"unshare", "-Urm", "sh", "-c", mount + " && exec \"$@\"", "sh"};
        assumeTrue(canRun("unshare", "-Urm", "sh", "-c", mount));
        assertThat(output(alone)).startsWith("FULL").contains("No space left");
    }

    private static boolean canRun(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String output(String... before) throws IOException {
        Process process =
                JavaProcess.ofMain(
                        List.of(before), FolderProcess.class, "once", FolderProcess.url(folder));
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private Process start(String mode, String argument) {
        return JavaProcess.ofMain(
                List.of(), FolderProcess.class, mode, FolderProcess.url(folder), argument);
    }

    private static ObjectStoreException failure(ThrowingCallable call) {
        ObjectStoreException failure = catchThrowableOfType(ObjectStoreException.class, call);
        assertThat(failure).as("failure").isNotNull();
        return failure;
    }
}
