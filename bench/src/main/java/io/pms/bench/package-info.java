/** Measurements side by side with what a user would pick instead. */
@NullMarked
package io.pms.bench;

import org.jspecify.annotations.NullMarked;
