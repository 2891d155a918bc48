/** Tasks: planned, assigned, moved along the workflow, reported on. */
@NullMarked
package io.pms.command.task;

import org.jspecify.annotations.NullMarked;
