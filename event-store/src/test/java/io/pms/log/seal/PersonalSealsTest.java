package io.pms.log.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.Personal;
import io.pms.event.PersonalTexts.Opened;
import io.pms.event.TaskEvent.TaskClosed;
import io.pms.event.TaskEvent.TaskCommented;
import io.pms.log.LogUnavailableException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersonalSealsTest {
    private static final String ANN = "6f1d9a52-8c1e-4a57-9d0b-3b6a1c2e0003";

    private KeyRig rig;
    private KeyRig.Process process;

    @BeforeEach
    void start() {
        rig = new KeyRig();
        process = rig.process();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private double unreadable() {
        return process.meters.get("pms.personal.unreadable").counter().count();
    }

    @Test
    void openWhatAnyProcessHasSealed() {
        for (String text : new String[] {"", "Ann Example", "Zoë \uD83D\uDE00", "x".repeat(10_000)})
            assertThat(rig.process().open(process.seal(ANN, text))).isEqualTo(text);
    }

    @Test
    void leaveEventsWithoutPersonalTextsAndClearTextsOfOldLogsAsTheyAre() {
        Event event = new TaskClosed("t", "p");
        assertThat(process.seals.seal(KeyRig.TENANT, event)).isSameAs(event);
        assertThat(rig.query("SELECT COUNT(*) FROM subject_key")).containsExactly("0");
        assertThat(process.open(new Personal.Clear(ANN, "Ann"))).isEqualTo("Ann");
    }

    /** Of a process that follows the log it was told before it hears of it by itself. */
    @Test
    void openNothingFromWhereTheLogSaysThatThePersonWasErased() {
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        assertThat(process.open(sealed)).isEqualTo("Ann");
        process.seals.erased(KeyRig.TENANT, ANN);
        assertThat(process.seals.open(KeyRig.TENANT, sealed)).isEqualTo(Opened.ERASED);
    }

    private Event registered(Personal name) {
        return new PersonRegistered(ANN, name, null);
    }

    /** A new one would keep the right one out when it is found. */
    @Test
    void makeNoOtherKeyForSomebodyWhoseKeyIsLostUnlessThatIsAccepted() {
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        process.append(registered(sealed));
        rig.backUpKeys();
        rig.execute("DELETE FROM subject_key");
        KeyRig.Process after = rig.process();
        assertThatThrownBy(() -> after.seal(ANN, "Ann Again"))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(ANN)
                .hasMessageContaining("PMS_KEYS_LOST=accepted");
        assertThat(after.seal("bob", "Bob")).isNotNull();
        assertThat(after.status.problem()).isNull();
        assertThat(after.open(sealed)).isNull();
        assertThat(after.status.problem()).contains("./pms backup restore-keys");
        rig.restoreKeys();
        assertThat(after.open(after.seal(ANN, "Ann Again"))).isEqualTo("Ann Again");
        assertThat(after.open(sealed)).isEqualTo("Ann");

        rig.execute("DELETE FROM subject_key");
        KeyRig.Process accepting = rig.process(LostKeys.ACCEPTED);
        assertThat(accepting.open(accepting.seal(ANN, "Ann Again"))).isEqualTo("Ann Again");
        assertThat(accepting.open(sealed)).isNull();
        assertThat(accepting.status.problem()).isNull();
    }

    /** The id that somebody acts under is theirs to choose; it may be that of a task. */
    @Test
    void makeAFirstKeyForSomebodyWhoseIdIsThatOfATaskWithTextsOfOthers() {
        Personal.Clear text = new Personal.Clear("mira", "seen");
        process.append(process.seals.seal(KeyRig.TENANT, new TaskCommented(ANN, "p", "c", text)));
        assertThat(process.open(process.seal(ANN, "mine"))).isEqualTo("mine");
    }

    @Test
    void useANonceOnce() {
        Set<String> nonces = new HashSet<>();
        Set<String> ciphertexts = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            Personal.Sealed sealed = process.seal(ANN, "Ann");
            assertThat(Base64.getDecoder().decode(sealed.nonce())).hasSize(12);
            assertThat(nonces.add(sealed.nonce())).isTrue();
            assertThat(ciphertexts.add(sealed.ciphertext())).isTrue();
        }
    }

    @Test
    void openNothingThatWasChanged() {
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        byte[] bytes = Base64.getDecoder().decode(sealed.ciphertext());
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertUnreadable(with(sealed, sealed.key(), sealed.nonce(), base64(changed)));
        }
        assertUnreadable(with(sealed, sealed.key(), base64(new byte[12]), sealed.ciphertext()));
        assertUnreadable(with(sealed, sealed.key(), "!", sealed.ciphertext()));
        assertUnreadable(with(sealed, sealed.key(), "", sealed.ciphertext()));
        assertUnreadable(with(sealed, sealed.key(), sealed.nonce(), ""));
        assertUnreadable(with(sealed, "another", sealed.nonce(), sealed.ciphertext()));
        assertThat(unreadable()).isEqualTo(bytes.length + 5);
    }

    @Test
    void openNoTextInAnotherPersonsPlaceOrAnotherOrganisation() {
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        process.seal("bob", "Bob");
        assertUnreadable(
                new Personal.Sealed("bob", sealed.key(), sealed.nonce(), sealed.ciphertext()));
        assertThat(process.seals.open("others", sealed)).isEqualTo(Opened.UNREADABLE);
    }

    /** Also where a row was copied over that of somebody else, by whoever may write the table. */
    @Test
    void useNoKeyThatIsAnotherPersons() {
        process.seal(ANN, "Ann");
        Personal.Sealed bobs = process.seal("bob", "Bob");
        rig.execute(
                "UPDATE subject_key a JOIN subject_key b SET b.wrapped = a.wrapped"
                        + " WHERE a.subject = '"
                        + ANN
                        + "' AND b.subject = 'bob'");
        assertThat(rig.process().seals.open(KeyRig.TENANT, bobs)).isEqualTo(Opened.UNREADABLE);
        assertThatThrownBy(() -> rig.process().seal("bob", "Bob again"))
                .hasMessageContaining("is damaged");
    }

    private static Personal.Sealed with(
            Personal.Sealed like, String key, String nonce, String ciphertext) {
        return new Personal.Sealed(like.subject(), key, nonce, ciphertext);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void assertUnreadable(Personal.Sealed sealed) {
        assertThat(process.seals.open(KeyRig.TENANT, sealed)).isEqualTo(Opened.UNREADABLE);
    }

    @Test
    void showTextsWhoseKeyIsLostAsUnreadableAndNotAsErased() {
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        rig.execute("TRUNCATE subject_key");
        process = rig.process();
        assertUnreadable(sealed);
        assertThat(process.seal(ANN, "Ann").key()).isNotEqualTo(sealed.key());
        assertUnreadable(sealed);
    }

    @Test
    void makeOneKeyHoweverManyProcessesAskForIt() throws Exception {
        List<KeyRig.Process> processes =
                IntStream.range(0, 4).mapToObj(i -> rig.process()).toList();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int person = 0; person < 20; person++) {
                String id = "person-" + person;
                List<Future<Personal.Sealed>> sealed =
                        IntStream.range(0, 16)
                                .mapToObj(i ->
                                        executor.submit(
                                                () -> processes.get(i % 4).seal(id, "text")))
                                .toList();
                Set<String> keys = new HashSet<>();
                for (Future<Personal.Sealed> each : sealed) {
                    keys.add(each.get().key());
                    assertThat(processes.getFirst().open(each.get())).isEqualTo("text");
                }
                assertThat(keys).hasSize(1);
            }
        }
    }

    @Test
    void askTheDatabaseOnceForAKey() {
        Personal.Sealed sealed = process.seal(ANN, "Ann");
        rig.execute("RENAME TABLE subject_key TO away");
        assertThat(process.open(sealed)).isEqualTo("Ann");
        assertThat(process.open(process.seal(ANN, "Ann B."))).isEqualTo("Ann B.");
        rig.execute("RENAME TABLE away TO subject_key");
    }
}
