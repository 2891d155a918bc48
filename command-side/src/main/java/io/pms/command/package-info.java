/** The way in for commands: what can be asked, by whom, once. */
@NullMarked
package io.pms.command;

import org.jspecify.annotations.NullMarked;
