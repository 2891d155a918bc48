package io.pms.recovery;

import io.pms.archive.Archive;
import io.pms.archive.TrustedArchive;
import io.pms.log.DatabaseUrl;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.NoteVerifier;
import java.util.List;

/** A restore in a process of its own, so that it can be killed. */
final class RestoreMain {
    private RestoreMain() {}

    public static void main(String[] arguments) {
        try (ObjectStore store = ObjectStore.open(arguments[0], ObjectStoreSettings.defaults())) {
            TrustedArchive archive =
                    TrustedArchive.open(
                            new Archive(store), List.of(NoteVerifier.parse(arguments[1])));
            Restore.Progress progress =
                    (phase, done, all) -> System.out.println(phase + " " + done);
            new Restore(archive, DatabaseUrl.parse(arguments[2]), null, progress)
                    .run(new Target.Latest());
        }
    }
}
