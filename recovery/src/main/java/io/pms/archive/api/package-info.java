/**
 * The archive over HTTP: the log as C2SP tlog-tiles, proofs, and how well all of it is archived.
 */
@NullMarked
package io.pms.archive.api;

import org.jspecify.annotations.NullMarked;
