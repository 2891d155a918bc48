/**
 * The checker of the log: writers in processes of their own, faults from a printed seed, and named
 * invariants that must hold all the same.
 */
@NullMarked
package io.pms.bench.torture;

import org.jspecify.annotations.NullMarked;
