/** Object storage: an S3-compatible bucket or a folder, behind one interface. */
@NullMarked
package io.pms.objects;

import org.jspecify.annotations.NullMarked;
