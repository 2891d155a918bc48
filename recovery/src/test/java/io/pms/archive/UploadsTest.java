package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreException;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    /** Enough for the failure to come before, while and after its caller begins to wait. */
    private static final int TIMES = 3_000;

    @TempDir private Path folder;

    @Test
    void failHoweverSoonTheStoreFails() throws IOException {
        Files.writeString(folder.resolve("tile"), "a file where a folder is needed");
        List<Uploads.Upload> one =
                List.of(new Uploads.Upload(TilePath.parse("tile/entries/000"), new byte[1]));
        try (ObjectStore store =
                        ObjectStore.open("file:" + folder, ObjectStoreSettings.defaults());
                Uploads uploads = new Uploads(store)) {
            for (int i = 0; i < TIMES; i++)
                assertThatThrownBy(() -> uploads.write(one))
                        .isInstanceOf(ObjectStoreException.class);
        }
    }
}
