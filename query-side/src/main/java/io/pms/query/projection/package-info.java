/** How far read models are, what they leave out, and how they are built again. */
@NullMarked
package io.pms.query.projection;

import org.jspecify.annotations.NullMarked;
