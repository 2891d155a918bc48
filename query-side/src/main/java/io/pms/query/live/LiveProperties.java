package io.pms.query.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of live updates.
 *
 * @param maxClients streams a process; each holds a connection, its buffers and at most {@link
 *     Ring#STEP_BYTES} of events
 * @param heartbeat an idle stream says this often how far it is: more often than proxies and mobile
 *     networks forget a connection, and a client that has gone is noticed by the second one
 * @param stall a client that has taken nothing for so long is hung up on; shorter than the web
 *     server's own patience ({@code server.tomcat.connection-timeout}, 60 s)
 * @param ringEntries events that are kept for clients to pass by: some seconds of a busy log, and
 *     what was missed by all those who come back after a restart
 * @param ringBytes the same in bytes, as {@link LiveEvent#weight} counts them
 */
@ConfigurationProperties("pms.live")
record LiveProperties(
        @DefaultValue("1000") int maxClients,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("10s") Duration stall,
        @DefaultValue("4096") int ringEntries,
        @DefaultValue("16777216") long ringBytes) {
    LiveProperties {
        if (maxClients < 0 || ringEntries < 1 || ringBytes < 1)
            throw new IllegalArgumentException("pms.live: a bound is out of range");
        if (!heartbeat.isPositive() || !stall.isPositive())
            throw new IllegalArgumentException("pms.live: heartbeat and stall must be positive");
    }
}
