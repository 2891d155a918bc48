package io.pms.objects;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends ObjectStoreContract {
    @TempDir Path folder;

    @Override
    ObjectStore open(String place) {
        return ObjectStore.open("file:" + folder.resolve(place), ObjectStoreSettings.defaults());
    }
}
