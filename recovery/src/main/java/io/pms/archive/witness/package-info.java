/** Others who watch that the log only grows, and cosign its checkpoints (C2SP tlog-witness). */
@NullMarked
package io.pms.archive.witness;

import org.jspecify.annotations.NullMarked;
