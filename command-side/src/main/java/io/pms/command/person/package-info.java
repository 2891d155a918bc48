/** People, who are opaque ids everywhere else. */
@NullMarked
package io.pms.command.person;

import org.jspecify.annotations.NullMarked;
