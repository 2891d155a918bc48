/** What follows from events without anybody asking for it: policies, which issue commands. */
@NullMarked
package io.pms.command.policy;

import org.jspecify.annotations.NullMarked;
