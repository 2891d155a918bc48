/**
 * The append-only log in MySQL: appending, reading by position and by stream, and following its
 * tail.
 */
@NullMarked
package io.pms.log;

import org.jspecify.annotations.NullMarked;
