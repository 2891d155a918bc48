package io.pms.standalone;

import io.pms.embedded.EmbeddedDatabase;
import io.pms.embedded.EmbeddedMariaDb;
import io.pms.embedded.SharedServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What runbooks are about: a platform with an archive, a backup, and keys that were kept, in a
 * shell that has the variables and functions of their README. One goes on where the one before has
 * ended, because a start takes long; after one that failed everything is made anew.
 */
final class RunbookPlace implements AutoCloseable {
    private static final String FILLED =
            """
            json='Content-Type: application/json'
            kim=6f1c1f7e-0b1e-4c64-9d0a-7d1f3c1a0201
            nora=6f1c1f7e-0b1e-4c64-9d0a-7d1f3c1a0202
            lee=6f1c1f7e-0b1e-4c64-9d0a-7d1f3c1a0203
            create() { curl -s -f -o /dev/null $pms/api/commands/CreateProject -H "$json" -d '{"name": "'"$1"'"}'; }
            register() { curl -s -o /dev/null $pms/api/commands/RegisterPerson -H "$json" -d '{"personId": "'$1'", "name": "'"$2"'"}'; }
            erase() { curl -s -f -o /dev/null $pms/api/commands/ErasePerson -H "$json" -d '{"personId": "'$1'", "reason": "request 2"}'; }
            power_cut() {
              local pids=$(cut -d' ' -f1 $data/*/*.pid)
              kill -KILL $up; wait $up || true
              for pid in $pids; do while kill -0 $pid 2> /dev/null; do sleep 0.1; done; done
            }
            mkdir -p $kept
            start
            for i in 1 2 3 4 5; do create "Project $i"; done
            register $kim 'Kim Kept'
            register $lee 'Lee Left'
            archived
            ./pms backup --to $backups --data $data > /dev/null
            cp $data/signing-key $data/master.key $kept
            curl -s $pms/api/archive | sed 's/.*"keys":\\["\\([^"]*\\)".*/\\1/' > $kept/vkey
            """;

    /** Also where it was done before. */
    static final String ERASE_KIM =
            """
            erase $kim
            """;

    private @Nullable Shell shell;

    /** A platform that runs, with a project and a person that are newer than its backup. */
    Shell begin() {
        Shell used = shell;
        if (used == null || !used.isUsable()) {
            close();
            used = made();
            shell = used;
        }
        used.run("create 'Not in the backup'\nregister $nora 'Nora New'\narchived\n");
        return used;
    }

    private static Shell made() {
        Path folder = SharedServers.temporary("runbooks");
        Shell made =
                new Shell(
                        PmsProcess.freePort(),
                        Map.of(
                                "data", folder.resolve("data").toString(),
                                "kept", folder.resolve("kept").toString(),
                                "elsewhere", folder.resolve("elsewhere").toString(),
                                "backups", "file:" + folder.resolve("backups"),
                                "PMS_ARCHIVE_URL", "file:" + folder.resolve("archive")));
        new ShownCommands("docs/runbooks/README.md", "steps").areAnsweredAsShown(made);
        made.run(FILLED);
        return made;
    }

    /** What is shown of a person who was registered before the backup. */
    String kim() {
        return shown("kim");
    }

    /** And of another one, who is erased when only the archive's copy survives. */
    String lee() {
        return shown("lee");
    }

    private String shown(String person) {
        return begun().run("curl -s $pms/api/people/$" + person + "; echo\n").getFirst();
    }

    /** Where the platform that runs now has its data. */
    Path data() {
        return Path.of(begun().run("echo $data\n").getFirst());
    }

    private Shell begun() {
        if (shell == null) throw new IllegalStateException("begin first");
        return shell;
    }

    /** As somebody with the owner's account does who knows about triggers. */
    void changeARow() {
        String url =
                EmbeddedMariaDb.running(
                                data().resolve(EmbeddedServers.DATABASE),
                                EmbeddedServers.LOG,
                                EmbeddedDatabase.OWNER)
                        .orElseThrow();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER event_no_update");
            statement.execute(
                    "UPDATE event SET actor = '" + UUID.randomUUID() + "' WHERE position = 3");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (shell != null) shell.close();
        shell = null;
    }
}
