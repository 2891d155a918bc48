package io.pms.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in {@code docs/runbooks}, after what it is for has happened. */
class RunbooksTest {
    private static final RunbookPlace PLACE = new RunbookPlace();

    private static final List<String> PERSONAL =
            List.of("Ann Example", "ann example", "ann@example.org", "I was there", "still here");

    @AfterAll
    static void stop() {
        PLACE.close();
    }

    /** In the order in which they are tried; each with what happens before. */
    enum Runbook {
        LOST_REDIS(
                """
                echo garbage > $data/redis/appendonly.aof
                kill -KILL $(cut -d' ' -f1 $data/redis/*.pid)
                until curl -s $pms/api/health | grep -q '"redis":"unhealthy"'; do sleep 0.1; done
                """),
        LEAKED_SIGNING_KEY(""),
        CORRUPTED_ROWS("") {
            @Override
            void happens(Shell shell) {
                PLACE.changeARow();
            }
        },
        LOST_DATABASE(
                """
                unset PMS_KEYS_LOST
                power_cut
                rm $data/mariadb/data/ibdata1
                """),
        LOST_REGION(
                """
                unset PMS_KEYS_LOST
                folder=${PMS_ARCHIVE_URL#file:}
                mkdir -p $elsewhere
                cp -r $folder $elsewhere/archive
                cp -r ${backups#file:} $elsewhere/backups
                cp $folder/checkpoint $elsewhere/checkpoint.before
                create 'Not in the copy'
                erase $lee
                echo "$(date -u +%FT%TZ) default $lee" >> $kept/erased
                archived
                cp -r $folder/checkpoint $folder/tile/entries $elsewhere
                mv $elsewhere/checkpoint $elsewhere/archive/checkpoint
                cp -r $elsewhere/entries $elsewhere/archive/tile
                power_cut
                rm -rf $data $folder ${backups#file:}
                """),
        POINT_IN_TIME(
                """
                moment=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)
                create 'Wrong project'
                """
                        + RunbookPlace.ERASE_KIM) {
            @Override
            String kim() {
                return "\"name\":null";
            }
        },
        ERASURE(RunbookPlace.ERASE_KIM) {
            @Override
            String kim() {
                return "\"name\":null";
            }
        };

        private final String disaster;

        Runbook(String disaster) {
            this.disaster = disaster;
        }

        void happens(Shell shell) {
            shell.run(disaster);
        }

        /** Who stays readable until erased, and is erased for ever. */
        String kim() {
            return "\"name\":\"Kim Kept\"";
        }

        String document() {
            return "docs/runbooks/"
                    + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                    + ".md";
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsStepsAnswerWhatTheySay(Runbook runbook) throws IOException {
        Shell shell = PLACE.begin();
        runbook.happens(shell);
        new ShownCommands(runbook.document(), "steps").areAnsweredAsShown(shell);
        assertThat(PLACE.kim()).contains(runbook.kim());
        if (runbook == Runbook.LOST_REGION)
            await().untilAsserted(() -> assertThat(PLACE.lee()).contains("\"erased\":true"));
        if (runbook == Runbook.ERASURE) nothingPersonalIsLeft();
    }

    @Test
    void eachIsTried() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../docs/runbooks"))) {
            assertThat(files.map(file -> "docs/runbooks/" + file.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(documents());
        }
    }

    private static List<String> documents() {
        List<String> documents = new ArrayList<>(List.of("docs/runbooks/README.md"));
        for (Runbook runbook : Runbook.values()) documents.add(runbook.document());
        return documents;
    }

    /** When the database has written what it had in memory. */
    private static void nothingPersonalIsLeft() throws IOException {
        Path data = PLACE.data();
        PLACE.close();
        assertThat(clearTexts(data.resolve("mariadb"))).isEmpty();
        assertThat(clearTexts(data.resolve("logs"))).isEmpty();
    }

    private static List<String> clearTexts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).flatMap(RunbooksTest::clearTextsIn).toList();
        }
    }

    private static Stream<String> clearTextsIn(Path file) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return PERSONAL.stream().filter(content::contains).map(text -> file + ": " + text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
