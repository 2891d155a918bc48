/** People and their open work. */
@NullMarked
package io.pms.query.person;

import org.jspecify.annotations.NullMarked;
