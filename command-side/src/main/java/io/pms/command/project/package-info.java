/** Projects: their workflow, their dates, their end. */
@NullMarked
package io.pms.command.project;

import org.jspecify.annotations.NullMarked;
