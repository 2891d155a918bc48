/** Everything in one process with embedded servers, and the command line. */
@NullMarked
package io.pms.standalone;

import org.jspecify.annotations.NullMarked;
