/**
 * The database's own backup: every table of one moment in object storage, daily, for what is not in
 * the log and for whoever has no archive.
 */
@NullMarked
package io.pms.backup;

import org.jspecify.annotations.NullMarked;
