/** What can happen: one record for each kind of event, and the values they are made of. */
@NullMarked
package io.pms.event;

import org.jspecify.annotations.NullMarked;
