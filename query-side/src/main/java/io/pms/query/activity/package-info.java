/** What happened, newest first. */
@NullMarked
package io.pms.query.activity;

import org.jspecify.annotations.NullMarked;
