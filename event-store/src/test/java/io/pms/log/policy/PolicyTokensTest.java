package io.pms.log.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pms.embedded.SharedServers;
import io.pms.log.DatabaseUrl;
import io.pms.log.axon.TestEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyTokensTest {
    private static final int PROCESSES = 8;

    private final List<PolicyDatabase> databases = new ArrayList<>();
    private DatabaseUrl url;

    @BeforeEach
    void migrate() {
        url = PolicyRig.migrated(SharedServers.freshDatabase());
    }

    @AfterEach
    void close() {
        databases.forEach(PolicyDatabase::close);
    }

    /** That of a process of its own. */
    private TokenStore store() {
        PolicyDatabase database = new PolicyDatabase(url, 0);
        databases.add(database);
        Duration second = Duration.ofSeconds(1);
        return new PolicyAutoConfiguration()
                .tokenStore(
                        database,
                        TestEngines.platformSerializer(),
                        new PolicyProperties(true, 4, second, second));
    }

    private static TrackingToken at(long position) {
        return new GlobalSequenceTrackingToken(position);
    }

    @Test
    void areReadAsTheyWereWrittenAlsoDuringAReplay() {
        TokenStore store = store();
        for (TrackingToken token :
                List.of(
                        at(7),
                        ReplayToken.createReplayToken(at(7)),
                        ReplayToken.createReplayToken(at(7), at(3)),
                        new MergedTrackingToken(at(1), at(2)))) {
            String name = token.toString();
            store.initializeTokenSegments(name, 1, token);
            assertThat(store.fetchToken(name, 0)).isEqualTo(token);
        }
    }

    /** Axon would let one process make the store's identity and fail the others. */
    @Test
    void haveOneIdentityWhoeverComesFirst() throws Exception {
        List<TokenStore> stores = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) stores.add(store());
        CyclicBarrier together = new CyclicBarrier(PROCESSES);
        try (ExecutorService threads = Executors.newFixedThreadPool(PROCESSES)) {
            List<Future<String>> identities =
                    threads.invokeAll(
                            stores.stream()
                                    .<Callable<String>>map(store ->
                                            () -> {
                                                together.await();
                                                return store.retrieveStorageIdentifier()
                                                        .orElseThrow();
                                            })
                                    .toList());
            String first = identities.getFirst().get();
            assertThat(first).hasSize(36);
            for (Future<String> each : identities) assertThat(each.get()).isEqualTo(first);
        }
    }
}
