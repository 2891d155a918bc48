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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    /** Enough for the failure to come before, while and after its caller begins to wait. */
    private static final int TIMES = 3_000;

    private static final int MANY = 40;

    @TempDir private Path folder;

    @Test
    void failHoweverSoonTheStoreFails() throws IOException {
        Files.writeString(folder.resolve("tile"), "a file where a folder is needed");
        List<Uploads.Upload> one = uploads(1);
        List<Uploads.Upload> many = uploads(MANY);
        try (ObjectStore store =
                        ObjectStore.open("file:" + folder, ObjectStoreSettings.defaults());
                Uploads uploads = new Uploads(store)) {
            for (int i = 0; i < TIMES; i++)
                assertThatThrownBy(() -> uploads.write(one))
                        .isInstanceOf(ObjectStoreException.class);
            for (int i = 0; i < TIMES / MANY; i++)
                assertThatThrownBy(() -> uploads.write(many))
                        .as("not that others were given up")
                        .isInstanceOf(ObjectStoreException.class);
        }
    }

    private static List<Uploads.Upload> uploads(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new TilePath(TilePath.ENTRIES, index, TilePath.FULL_WIDTH))
                .map(path -> new Uploads.Upload(path, new byte[1]))
                .toList();
    }
}
