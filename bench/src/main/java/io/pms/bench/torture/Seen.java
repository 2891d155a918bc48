package io.pms.bench.torture;

import org.jspecify.annotations.Nullable;

/**
 * What a reader has seen, from the first entry on, in order.
 *
 * @param stream the aggregate whose stream it read; null for the whole log
 * @param prints of each entry
 */
record Seen(String reader, @Nullable String stream, long[] prints) {}
