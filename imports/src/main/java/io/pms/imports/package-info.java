/** Import of plans and histories that others made: read, checked as a whole, then dispatched. */
@NullMarked
package io.pms.imports;

import org.jspecify.annotations.NullMarked;
