package io.pms.archive;

/** Another archiver has published meanwhile: begin again from what it has published. */
final class SupersededException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SupersededException(String message) {
        super(message);
    }
}
