/** The OpenAPI document: what springdoc finds, made complete and true. */
@NullMarked
package io.pms.standalone.openapi;

import org.jspecify.annotations.NullMarked;
