/** The command API over HTTP: one command, or many as NDJSON. */
@NullMarked
package io.pms.command.api;

import org.jspecify.annotations.NullMarked;
