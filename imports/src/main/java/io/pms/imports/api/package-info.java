/** The import API. */
@NullMarked
package io.pms.imports.api;

import org.jspecify.annotations.NullMarked;
