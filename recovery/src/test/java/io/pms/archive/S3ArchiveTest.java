package io.pms.archive;

import io.pms.objects.FaultyWire;
import io.pms.objects.ObjectServer;
import io.pms.objects.ObjectStore;
import io.pms.objects.ObjectStoreSettings.Timeouts;
import io.pms.tlog.Checkpoint;
import io.pms.tlog.SignedNote;
import io.pms.tlog.TilePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** A log, a real server of objects, and a wire between them that can be spoiled. */
abstract class S3ArchiveTest {
    private static final Timeouts HURRY =
            new Timeouts(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofSeconds(1));

    private final String url = "s3://" + ObjectServer.BUCKET + "/" + UUID.randomUUID();
    private final int server = ObjectServer.s3proxy().port();
    final SampleLog sample = new SampleLog();

    /** The server looks and replaces in two steps; others do both in one. */
    final FaultyWire wire = wire().oneAtATime(request -> request.has("if-match"));

    final ObjectStore store = open(wire.port());
    final ObjectStore sound = open(server);

    private FaultyWire wire() {
        try {
            return new FaultyWire(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asked for before a subclass has its fields. */
    Timeouts timeouts() {
        return HURRY;
    }

    private ObjectStore open(int port) {
        return ObjectStore.open(url, ObjectServer.settingsFor(port).withTimeouts(timeouts()));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        sound.close();
        wire.close();
        sample.close();
    }

    /** Every checkpoint that was ever sent anywhere. */
    List<Checkpoint> signed() {
        return wire.seen().stream()
                .filter(request -> request.is("PUT") && request.isOf(TilePath.CHECKPOINT))
                .map(request -> Checkpoint.parse(SignedNote.decode(request.body()).text()))
                .toList();
    }

    void requireOneHistory() {
        OneHistory.requireAll(sample, sound);
        OneHistory.requirePrefixes(sample, signed());
    }
}
