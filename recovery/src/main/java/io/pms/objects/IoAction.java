package io.pms.objects;

import java.io.IOException;

/** Something done with files. */
@FunctionalInterface
interface IoAction<T> {
    T run() throws IOException;
}
