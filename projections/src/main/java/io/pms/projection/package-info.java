/**
 * What follows from the log: projections in Redis, each a fold, and the runtime that feeds them.
 */
@NullMarked
package io.pms.projection;

import org.jspecify.annotations.NullMarked;
