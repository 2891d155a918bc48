/**
 * What happens, as it happens: streams of server-sent events, fed by one reader of the log for all
 * of a process's clients, and resumable at any position.
 */
@NullMarked
package io.pms.query.live;

import org.jspecify.annotations.NullMarked;
