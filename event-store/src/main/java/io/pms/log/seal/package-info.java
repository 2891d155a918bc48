/**
 * Personal texts are encrypted before they are stored, with a key for each person. Erasing a person
 * destroys the key: here, at once and again whenever a key is found that should not be.
 */
@NullMarked
package io.pms.log.seal;

import org.jspecify.annotations.NullMarked;
