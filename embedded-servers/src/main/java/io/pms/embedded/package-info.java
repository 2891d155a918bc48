/** MariaDB, MySQL, Redis and Kafka as child processes on 127.0.0.1, from Maven artifacts. */
@NullMarked
package io.pms.embedded;

import org.jspecify.annotations.NullMarked;
