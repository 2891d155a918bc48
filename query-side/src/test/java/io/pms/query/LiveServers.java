package io.pms.query;

import io.pms.embedded.EmbeddedRedis;
import io.pms.embedded.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Servers whose live updates have small bounds, and a Redis of their own. */
final class LiveServers {
    static final int RING_ENTRIES = 64;
    static final int MAX_CLIENTS = 20;
    static final Duration STALL = Duration.ofSeconds(10);
    static final Duration NEVER = Duration.ofMinutes(5);

    /** How often a wait looks at something else. */
    static final Duration STEP = Duration.ofMillis(50);

    private LiveServers() {}

    private static final class Small {
        static final QueryServer SERVER =
                new QueryServer(redis(), SharedServers.freshDatabase(), bounds(NEVER));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** One for all tests that break nothing. */
    static QueryServer small() {
        return Small.SERVER;
    }

    /**
     * @param stall how long a client may take nothing
     */
    static Map<String, Object> bounds(Duration stall) {
        return Map.of(
                "pms.live.ring-entries", RING_ENTRIES,
                "pms.live.max-clients", MAX_CLIENTS,
                "pms.live.stall", stall.toMillis() + "ms");
    }

    static EmbeddedRedis redis() {
        EmbeddedRedis redis = EmbeddedRedis.start(SharedServers.temporary("live"), 0, List.of());
        Runtime.getRuntime().addShutdownHook(new Thread(redis::kill));
        return redis;
    }
}
