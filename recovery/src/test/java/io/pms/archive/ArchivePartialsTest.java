package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.objects.Condition;
import io.pms.objects.NewObject;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings;
import io.pms.tlog.TilePath;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivePartialsTest {
    @TempDir private Path folder;
    private ObjectStore store;

    @BeforeEach
    void open() {
        store = ObjectStore.open("file:" + folder, ObjectStoreSettings.defaults());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private TilePath put(int level, long index, int width) {
        TilePath path = new TilePath(level, index, width);
        NewObject object = new NewObject(path.toString(), new byte[1], "text/plain", "", false);
        store.put(object, Condition.ifAbsent());
        return path;
    }

    @Test
    void areFoundWhereNamesGetLonger() {
        put(0, 997, 1);
        TilePath before = put(0, 999, 255);
        TilePath behind = put(0, 1_000, 7);
        put(1, 1_000, 7);
        assertThat(new Archive(store).partials(0, 998)).containsExactly(before, behind);
        assertThat(new Archive(store).partials(0, 999)).containsExactly(before, behind);
    }

    @Test
    void areFoundBeyondAMillion() {
        put(TilePath.ENTRIES, 2_000, 9); // its name comes behind
        TilePath before = put(TilePath.ENTRIES, 999_999, 255);
        TilePath behind = put(TilePath.ENTRIES, 1_000_000, 3);
        TilePath further = put(TilePath.ENTRIES, 1_001_000, 4);
        Archive archive = new Archive(store);
        assertThat(archive.partials(TilePath.ENTRIES, 999_999))
                .containsExactly(before, behind, further);
        assertThat(archive.partials(TilePath.ENTRIES, 1_000_999)).containsExactly(further);
    }

    @Test
    void areNoneWhereNothingIs() {
        assertThat(new Archive(store).partials(3, 0)).isEmpty();
    }
}
