/** Projects and what their tasks sum up to. */
@NullMarked
package io.pms.query.project;

import org.jspecify.annotations.NullMarked;
