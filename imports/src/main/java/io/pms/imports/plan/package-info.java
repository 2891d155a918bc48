/** Plans, in whatever format MPXJ reads, as commands. */
@NullMarked
package io.pms.imports.plan;

import org.jspecify.annotations.NullMarked;
