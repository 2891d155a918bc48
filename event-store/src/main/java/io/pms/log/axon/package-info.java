/** The log as Axon Framework's event store. */
@NullMarked
package io.pms.log.axon;

import org.jspecify.annotations.NullMarked;
