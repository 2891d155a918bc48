/**
 * What policies stand on: Axon's event processors on the log, with their positions and deadlines in
 * the log's database.
 */
@NullMarked
package io.pms.log.policy;

import org.jspecify.annotations.NullMarked;
