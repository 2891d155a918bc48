/**
 * Feeds projections: which process feeds which partition, how the log reaches it, and how data and
 * position get into Redis in one step.
 */
@NullMarked
package io.pms.projection.runtime;

import org.jspecify.annotations.NullMarked;
