/**
 * The formats of a transparency log: tiles, entry bundles, checkpoints, signed notes and proofs, as
 * C2SP specifies them. Pure: no files, no network, no clock.
 */
@NullMarked
package io.pms.tlog;

import org.jspecify.annotations.NullMarked;
