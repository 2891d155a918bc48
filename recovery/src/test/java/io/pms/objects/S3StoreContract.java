package io.pms.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract for servers, whose requests may have to be let through one by one. */
abstract class S3StoreContract extends ObjectStoreContract {
    private FaultyWire wire;

    abstract FaultyWire wire() throws IOException;

    @BeforeEach
    @Override
    void openIt() {
        try {
            wire = wire();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        super.openIt();
    }

    @AfterEach
    void closeWire() throws IOException {
        wire.close();
    }

    @Override
    ObjectStore open(String place) {
        return ObjectStore.open(
                "s3://" + ObjectServer.BUCKET + "/" + place, ObjectServer.settingsFor(wire.port()));
    }
}
