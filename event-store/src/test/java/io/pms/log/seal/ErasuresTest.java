package io.pms.log.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pms.entry.PersonIds;
import io.pms.event.PersonEvent.PersonErased;
import io.pms.event.Personal;
import io.pms.event.PersonalTexts.Opened;
import io.pms.event.TaskEvent.TaskClosed;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErasuresTest {
    private static final String ANN = "6f1d9a52-8c1e-4a57-9d0b-3b6a1c2e0003";
    private static final Duration SOON = Duration.ofSeconds(60);

    private KeyRig rig;

    @BeforeEach
    void start() {
        rig = new KeyRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private static Opened opened(KeyRig.Process process, Personal text) {
        return process.seals.open(KeyRig.TENANT, text);
    }

    @Test
    void destroyTheKeyAtOnceInTheProcessThatStoredTheErasure() {
        KeyRig.Process process = rig.process();
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        long position = process.erasedInTheLog(ANN);
        process.seals.stored(KeyRig.TENANT, new PersonErased(ANN, ANN), position);
        assertThat(rig.hasKey(ANN)).isFalse();
        assertThat(rig.query("SELECT erased FROM subject_key")).containsExactly("" + position);
        assertThat(opened(process, sealed)).isEqualTo(Opened.ERASED);
        assertThatThrownBy(() -> process.seal(ANN, "Ann again"))
                .isInstanceOf(PersonErasedException.class);
    }

    @Test
    void areHeardOfByEveryProcess() {
        KeyRig.Process eraser = rig.process();
        KeyRig.Process other = rig.process().follow();
        for (String person : List.of(ANN, "mira")) {
            Personal.Sealed sealed = other.seal(person, "Ann");
            assertThat(other.open(sealed)).isEqualTo("Ann");
            eraser.erasedInTheLog(person);
            await().atMost(SOON).until(() -> opened(other, sealed).erased());
            await().atMost(SOON).until(() -> !rig.hasKey(person));
        }
    }

    @Test
    void concernOneOrganisationAlone() {
        KeyRig.Process process = rig.process().follow();
        Personal.Sealed ours = process.seal("mira", "ours");
        Personal.Sealed theirs = sealedBy(process, "others");
        process.erasedInTheLog("mira");
        await().atMost(SOON).until(() -> opened(process, ours).erased());
        assertThat(process.seals.open("others", theirs)).isEqualTo(Opened.of("theirs"));
    }

    private static Personal.Sealed sealedBy(KeyRig.Process process, String tenant) {
        var event =
                new io.pms.event.TaskEvent.TaskCommented(
                        "t", "p", "c", new Personal.Clear("mira", "theirs"));
        return (Personal.Sealed)
                ((io.pms.event.TaskEvent.TaskCommented) process.seals.seal(tenant, event)).text();
    }

    /** The process that stored it died before it could. */
    @Test
    void destroyWhatWasLeftWhenNobodyFollowed() {
        KeyRig.Process dead = rig.process();
        Personal.Sealed sealed = dead.seal(ANN, "Ann");
        dead.erasedInTheLog(ANN);
        assertThat(rig.hasKey(ANN)).isTrue();
        KeyRig.Process next = rig.process().follow();
        await().atMost(SOON).until(() -> !rig.hasKey(ANN));
        assertThat(opened(next, sealed)).isEqualTo(Opened.ERASED);
        await().atMost(SOON)
                .until(() -> next.meters.get("pms.erasures.pending").gauge().value() == 0);
    }

    @Test
    void areAppliedAgainWhenAnOlderBackupOfTheKeysComesBack() {
        KeyRig.Process before = rig.process().follow();
        Personal.Sealed sealed = before.seal(ANN, "Ann");
        Personal.Sealed bobs = before.seal("bob", "Bob");
        rig.backUpKeys();
        before.erasedInTheLog(ANN);
        await().atMost(SOON).until(() -> !rig.hasKey(ANN));
        rig.restoreKeys();
        assertThat(rig.hasKey(ANN)).isTrue();
        KeyRig.Process after = rig.process().follow();
        await().atMost(SOON).until(() -> !rig.hasKey(ANN));
        assertThat(opened(after, sealed)).isEqualTo(Opened.ERASED);
        assertThat(after.open(bobs)).isEqualTo("Bob");
    }

    /** Nobody has looked for keys that are back yet. */
    @Test
    void areKnownFromTheLogBeforeTheyAreAppliedAgain() {
        KeyRig.Process process = rig.process();
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        process.erasedInTheLog(ANN);
        KeyRig.Process fresh = rig.process();
        assertThat(opened(fresh, sealed)).isEqualTo(Opened.ERASED);
        assertThat(rig.hasKey(ANN)).isFalse();
    }

    @Test
    void leaveNobodyAKeyWhenTheBackupIsOlderThanTheirFirst() {
        KeyRig.Process process = rig.process();
        rig.backUpKeys();
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        process.erasedInTheLog(ANN);
        rig.restoreKeys();
        KeyRig.Process reader = rig.process();
        assertThat(opened(reader, sealed)).isEqualTo(Opened.ERASED);
        assertThat(reader.status.problem()).isNull();
        assertThatThrownBy(() -> rig.process().seal(ANN, "Ann"))
                .isInstanceOf(PersonErasedException.class);
    }

    /** Whatever else is in an erasure's place destroys nothing. */
    @Test
    void areEventsOfTheirOwnTypeAlone() {
        KeyRig.Process process = rig.process();
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        rig.backUpKeys();
        process.append(new TaskClosed(PersonIds.erasureId(KeyRig.TENANT, ANN), "p"));
        KeyRig.Process after = rig.process();
        assertThat(after.table.pending(10)).isEmpty();
        assertThat(after.open(sealed)).isEqualTo("Ann");
        try (KeysFromBackup keys = KeysFromBackup.open(rig.application(), 0)) {
            rig.eachBackedUp(keys);
            assertThat(keys.there()).isEqualTo(1);
        }
        rig.execute("DELETE FROM subject_key");
        assertThat(rig.process().seal(ANN, "Ann")).isNotNull();
    }

    @Test
    void stayWhatTheyAreWhenKeysComeFromABackup() {
        KeyRig.Process process = rig.process();
        Personal.Sealed anns = process.seal(ANN, "Ann");
        Personal.Sealed bobs = process.seal("bob", "Bob");
        Personal.Sealed carls = process.seal("carl", "Carl");
        process.seal("there", "Thea");
        process.table.destroy(person("dora"), 3);
        rig.backUpKeys();
        rig.execute("DELETE FROM subject_key WHERE subject <> 'there'");
        process.erasedInTheLog(ANN);
        process.table.destroy(person("carl"), 4);
        for (int i = 0; i < 2; i++) {
            try (KeysFromBackup keys = KeysFromBackup.open(rig.application(), 0)) {
                rig.eachBackedUp(keys);
                assertThat(keys.added()).isEqualTo(1 - i);
                assertThat(keys.there()).isEqualTo(1 + i);
                assertThat(keys.erased()).isEqualTo(3);
                assertThat(keys.others()).isZero();
            }
        }
        KeyRig.Process after = rig.process();
        assertThat(after.open(bobs)).isEqualTo("Bob");
        for (Personal.Sealed erased : List.of(anns, carls))
            assertThat(opened(after, erased)).isEqualTo(Opened.ERASED);
        for (String person : List.of(ANN, "carl", "dora"))
            assertThatThrownBy(() -> after.seal(person, "text"))
                    .isInstanceOf(PersonErasedException.class);
    }

    private static Subject person(String id) {
        return new Subject(KeyRig.TENANT, id);
    }

    @Test
    void cannotBeTakenBackByTheApplication() {
        KeyRig.Process process = rig.process();
        process.seal(ANN, "Ann");
        process.table.destroy(person(ANN), 1);
        for (String url : List.of(rig.database.applicationUrl(), rig.database.ownerUrl()))
            assertThatThrownBy(() -> KeyRig.executeAt(url, "UPDATE subject_key SET wrapped = 'x'"))
                    .hasMessageContaining("a destroyed key does not come back");
        assertThatThrownBy(() ->
                        KeyRig.executeAt(rig.database.applicationUrl(), "DELETE FROM subject_key"))
                .hasMessageContaining("denied");
    }

    /**
     * Somebody writes while they are erased, in several processes. Whatever was sealed cannot be
     * read afterwards, the rest was refused, and there is no key.
     */
    @Test
    void endWritingWithoutLeavingAKey() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        KeyRig.Process eraser = rig.process();
        List<KeyRig.Process> writers =
                List.of(rig.process().follow(), rig.process().follow(), rig.process());
        for (int round = 0; round < 10; round++) {
            String person = "person-" + round;
            boolean hasKeyBefore = random.nextBoolean();
            if (hasKeyBefore) writers.getFirst().seal(person, "before");
            long pause = random.nextInt(3_000_000);
            List<Personal.Sealed> sealed = new ArrayList<>();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<List<Personal.Sealed>>> writing =
                        writers.stream()
                                .map(writer -> executor.submit(() -> write(writer, person)))
                                .toList();
                java.util.concurrent.locks.LockSupport.parkNanos(pause);
                long position = eraser.erasedInTheLog(person);
                eraser.seals.stored(
                        KeyRig.TENANT,
                        new PersonErased(PersonIds.erasureId(KeyRig.TENANT, person), person),
                        position);
                for (Future<List<Personal.Sealed>> each : writing) sealed.addAll(each.get());
            }
            await().atMost(SOON).until(() -> !rig.hasKey(person));
            assertThat(sealed.stream().map(Personal.Sealed::key).distinct())
                    .as("keys, seed %d", seed)
                    .hasSizeLessThanOrEqualTo(1);
            for (KeyRig.Process reader : List.of(writers.get(0), writers.get(1), rig.process()))
                await().atMost(SOON)
                        .until(() ->
                                sealed.stream().allMatch(text -> opened(reader, text).erased()));
        }
    }

    /** Until it is refused, or for as long as a process may not have heard of it. */
    private static List<Personal.Sealed> write(KeyRig.Process writer, String person) {
        List<Personal.Sealed> sealed = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) sealed.add(writer.seal(person, "text " + i));
        } catch (PersonErasedException e) {
            // that is how it should end
        }
        return sealed;
    }

    @Test
    void rewrapKeysWhenThereIsANewerMasterKey() throws IOException {
        KeyRig.Process old = rig.process();
        List<Personal.Sealed> sealed = new ArrayList<>();
        for (int i = 0; i < 700; i++) sealed.add(old.seal("p" + i, "text " + i));
        old.table.destroy(person("p0"), 1);
        String first = Files.readString(rig.file);
        java.nio.file.Path next = rig.file.resolveSibling("next");
        MasterKeys.make(next);
        Files.writeString(rig.file, first + Files.readString(next));
        KeyRig.Process rotated = rig.process();
        rotated.keys.requireMasterKeys();
        rotated.keys.rewrap();
        String newest = MasterKeys.read(next).current();
        assertThat(
                        rig.query(
                                "SELECT DISTINCT master_key FROM subject_key WHERE wrapped IS NOT NULL"))
                .containsExactly(newest);
        Files.writeString(rig.file, Files.readString(next));
        KeyRig.Process without = rig.process();
        without.keys.requireMasterKeys();
        assertThat(opened(without, sealed.getFirst())).isEqualTo(Opened.ERASED);
        for (int i = 1; i < 700; i++) {
            assertThat(without.open(sealed.get(i))).isEqualTo("text " + i);
            assertThat(rotated.open(sealed.get(i))).isEqualTo("text " + i);
        }
    }
}
