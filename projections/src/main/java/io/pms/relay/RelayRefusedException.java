package io.pms.relay;

/**
 * Publishing would break what consumers rely on. Trying again helps only after somebody has put
 * right what the message says.
 */
final class RelayRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RelayRefusedException(String message) {
        super(message);
    }
}
