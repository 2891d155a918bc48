package io.pms.archive;

import java.time.Duration;

/**
 * How often checkpoints are published.
 *
 * @param least time between two of them; zero for one after another
 */
public record ArchiveInterval(Duration least) {}
