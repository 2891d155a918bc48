package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pms.objects.FaultyWire.Request;
import io.pms.objects.ObjectStoreSettings.Timeouts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a store is asked, which costs money. */
class ArchiverRequestsTest extends S3ArchiveTest {
    private static final int EVENTS = 100;

    /** What is given up is asked again, and would be counted twice. */
    @Override
    Timeouts timeouts() {
        return new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(2));
    }

    @Test
    void areNoneAtRestAndFewForACheckpoint() {
        try (ArchivingProcess process = ArchivingProcess.start(sample, store)) {
            sample.append(1);
            process.awaitArchived(1);
            int rest = wire.seen().size();
            await().during(Duration.ofSeconds(1)).until(() -> wire.seen().size() == rest);
            for (long size = 1 + EVENTS; size <= 1 + 20 * EVENTS; size += EVENTS) {
                sample.append(EVENTS);
                process.awaitArchived(size);
            }
            List<Request> seen = wire.seen().subList(rest, wire.seen().size());
            int checkpoints = signed().size() - 1;
            int full = 3 * 20 * EVENTS / 256;
            assertThat(count(seen, "PUT")).isLessThanOrEqualTo(3 * checkpoints + full);
            assertThat(count(seen, "GET")).isLessThanOrEqualTo(2 * checkpoints + full);
            assertThat(seen).allMatch(each -> !each.is("HEAD") && !each.path().contains("?"));
        }
        requireOneHistory();
    }

    private static int count(List<Request> requests, String method) {
        return (int) requests.stream().filter(request -> request.is(method)).count();
    }
}
