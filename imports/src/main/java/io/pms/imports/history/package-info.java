/** Event histories in XES (IEEE 1849) as commands: a trace is a task, an event a status change. */
@NullMarked
package io.pms.imports.history;

import org.jspecify.annotations.NullMarked;
