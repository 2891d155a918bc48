/**
 * The Kafka relay: publishes every entry of the log to a topic, once and in order per aggregate,
 * for whoever else wants them.
 */
@NullMarked
package io.pms.relay;

import org.jspecify.annotations.NullMarked;
