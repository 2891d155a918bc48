package io.pms.bench.torture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frames of MySQL's client/server protocol: three bytes of length, one of sequence, and the
 * payload.
 */
final class MySqlPackets {
    private static final int HEADER = 4;
    private static final int ERROR = 0xff;
    private static final int MORE_RESULTS = 0x0008;
    private static final byte[] APPEND =
            "ROLLBACK;START TRANSACTION;".getBytes(StandardCharsets.US_ASCII);

    private MySqlPackets() {}

    /** The next packet with its header; null at the end. */
    static byte @Nullable [] read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) return null;
        if (header.length < HEADER) throw new EOFException("the end of a header is missing");
        int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
        byte[] packet = Arrays.copyOf(header, HEADER + length);
        if (in.readNBytes(packet, HEADER, length) < length)
            throw new EOFException("the end of a packet is missing");
        return packet;
    }

    /** Whether a client's packet is an append to the log. */
    static boolean isAppend(byte[] packet) {
        int most = Math.min(100, packet.length);
        return new String(packet, 0, most, StandardCharsets.ISO_8859_1)
                .contains(new String(APPEND, StandardCharsets.ISO_8859_1));
    }

    static boolean isError(byte[] packet) {
        return packet.length > HEADER && (packet[HEADER] & 0xff) == ERROR;
    }

    /** Whether a server's packet says that a text of several statements was executed to its end. */
    static boolean isLastResult(byte[] packet) {
        if (packet.length <= HEADER || packet[HEADER] != 0) return false;
        int status = skipNumber(packet, skipNumber(packet, HEADER + 1));
        return (packet[status] & MORE_RESULTS) == 0;
    }

    /** Past a length-encoded integer. */
    private static int skipNumber(byte[] packet, int at) {
        return at
                + switch (packet[at] & 0xff) {
                    case 0xfc -> 3;
                    case 0xfd -> 4;
                    case 0xfe -> 9;
                    default -> 1;
                };
    }
}
