/** A log that was lost, in a database again: restored from its archive, or brought up to it. */
@NullMarked
package io.pms.recovery;

import org.jspecify.annotations.NullMarked;
