/** The one encoding of an event: the canonical CloudEvents entry and its codec. */
@NullMarked
package io.pms.entry;

import org.jspecify.annotations.NullMarked;
