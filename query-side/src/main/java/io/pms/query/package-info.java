/** Who asks: reading the projections in Redis, with the position that an answer shows. */
@NullMarked
package io.pms.query;

import org.jspecify.annotations.NullMarked;
