/**
 * The log in object storage: a C2SP transparency log that is the backup and the proof. Written
 * continuously, read by whoever restores, verifies or proves.
 */
@NullMarked
package io.pms.archive;

import org.jspecify.annotations.NullMarked;
