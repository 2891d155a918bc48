/** Tasks: lists, one task, what happened to it. */
@NullMarked
package io.pms.query.task;

import org.jspecify.annotations.NullMarked;
