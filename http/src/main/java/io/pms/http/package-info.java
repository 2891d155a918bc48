/** What every endpoint shares: who calls, problem documents, positions. */
@NullMarked
package io.pms.http;

import org.jspecify.annotations.NullMarked;
