package io.pms.imports.api;

import java.io.IOException;

/** The lines of an answer cannot be sent any more. */
final class ClientGoneException extends RuntimeException {
    ClientGoneException(IOException cause) {
        super(cause);
    }
}
