package io.pms.log.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.embedded.SharedServers;
import io.pms.entry.JsonEventTypes;
import io.pms.event.Event;
import io.pms.event.PersonEvent.PersonRegistered;
import io.pms.event.Personal;
import io.pms.log.LogAutoConfiguration;
import io.pms.log.MysqlEventLog;
import io.pms.log.NewEvent;
import io.pms.log.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

class SealAutoConfigurationTest {
    private final SharedServers.Database database = SharedServers.freshDatabase();

    @TempDir private Path folder;

    private void run(List<String> properties, ContextConsumer<AssertableApplicationContext> test) {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(
                                LogAutoConfiguration.class, SealAutoConfiguration.class))
                .withPropertyValues(
                        "pms.log.url=" + database.applicationUrl(),
                        "pms.log.owner-url=" + database.ownerUrl())
                .withPropertyValues(properties.toArray(String[]::new))
                .run(test);
    }

    private List<String> inDataDirectory(String name) {
        return List.of("pms.data=" + folder.resolve(name));
    }

    private static List<String> inFile(Path file) {
        return List.of("pms.master.key.file=" + file);
    }

    private static void starts(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
    }

    private static ContextConsumer<AssertableApplicationContext> refuses(String why) {
        return context -> assertThat(context).getFailure().rootCause().hasMessageContaining(why);
    }

    @Test
    void makesAMasterKeyAtTheFirstStartAndFindsItAtTheNext() throws IOException {
        run(inDataDirectory("data"), SealAutoConfigurationTest::starts);
        String key = Files.readString(folder.resolve("data/master.key"));
        run(inDataDirectory("data"), SealAutoConfigurationTest::starts);
        assertThat(folder.resolve("data/master.key")).hasContent(key);
    }

    @Test
    void refusesToStartWhenTheMasterKeyIsLost() throws IOException {
        run(inDataDirectory("data"), SealAutoConfigurationTest::starts);
        Files.delete(folder.resolve("data/master.key"));
        run(inDataDirectory("data"), refuses("bring that file back"));
        assertThat(folder.resolve("data/master.key")).doesNotExist();
        run(inDataDirectory("another"), refuses("bring that file back"));
        assertThat(folder.resolve("another")).doesNotExist();
    }

    @Test
    void refusesToStartWithAnotherMasterKey() {
        run(inDataDirectory("data"), SealAutoConfigurationTest::starts);
        Path other = folder.resolve("other");
        MasterKeys.make(other);
        run(
                inFile(other),
                context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining(
                                        MasterKeys.read(folder.resolve("data/master.key"))
                                                .current()));
    }

    @Test
    void refusesToStartWhenTheKeysOfALogAreLostUnlessThatIsAccepted() {
        run(inDataDirectory("data"), this::storesSomebodysName);
        KeyRig.executeAt(database.ownerUrl(), "DELETE FROM subject_key");
        run(inDataDirectory("another"), refuses("./pms backup restore-keys"));
        assertThat(folder.resolve("another")).doesNotExist();
        List<String> accepted =
                List.of("pms.data=" + folder.resolve("data"), "pms.keys.lost=accepted");
        run(accepted, SealAutoConfigurationTest::starts);
        run(inDataDirectory("data"), SealAutoConfigurationTest::starts);
        run(List.of("pms.keys.lost=perhaps"), refuses("PMS_KEYS_LOST is accepted or not set"));
    }

    private void storesSomebodysName(AssertableApplicationContext context) {
        starts(context);
        Event sealed = context.getBean(Sealing.class).seal("acme", registered());
        JsonEventTypes types = new JsonEventTypes();
        NewEvent event =
                new NewEvent(
                        null,
                        types.typeOf(sealed),
                        "p",
                        0,
                        0,
                        "acme",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        types.write(sealed));
        context.getBean(MysqlEventLog.class).append(new Unit(List.of(event), null)).join();
    }

    /** One key was wrapped by a master key that has gone since. */
    @Test
    void refusesToStartWhenOneOfSeveralMasterKeysIsMissing() throws IOException {
        Path file = folder.resolve("file");
        MasterKeys.make(file);
        run(inFile(file), context -> context.getBean(Sealing.class).seal("acme", registered()));
        Path next = folder.resolve("next");
        MasterKeys.make(next);
        rewrapNobody(file, next);
        run(inFile(next), refuses(MasterKeys.read(file).current()));
        Files.writeString(next, Files.readString(next) + Files.readString(file));
        run(inFile(next), SealAutoConfigurationTest::starts);
    }

    private void rewrapNobody(Path file, Path next) {
        KeyRig.executeAt(database.ownerUrl(), "DELETE FROM subject_key WHERE subject = ''");
        try (SubjectKeys keys =
                SubjectKeys.open(io.pms.log.DatabaseUrl.parse(database.applicationUrl()), 0)) {
            new KeyRing(keys, MasterKeys.read(next), LostKeys.REFUSED).findOrMake(Subject.NOBODY);
        }
    }

    private static PersonRegistered registered() {
        return new PersonRegistered("p", new Personal.Clear("p", "Ann"), null);
    }

    @Test
    void refusesToStartWithoutAMasterKeyWhereNobodyCanKeepOne() {
        run(List.of(), refuses("set PMS_MASTER_KEY_FILE"));
        run(inFile(folder.resolve("absent")), refuses("is not there"));
    }
}
