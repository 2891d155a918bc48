package io.pms.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether a Kafka broker answers requests: it accepts connections a while before it does. */
final class KafkaPing {
    /** Which requests the broker understands; version 0 has no body. */
    private static final short API_VERSIONS = 18;

    private static final short VERSION = 0;
    private static final int CORRELATION = 0x504d53;
    private static final short NO_CLIENT_ID = -1;

    private KafkaPing() {}

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            socket.setSoTimeout(500);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(10); // bytes that follow
            out.writeShort(API_VERSIONS);
            out.writeShort(VERSION);
            out.writeInt(CORRELATION);
            out.writeShort(NO_CLIENT_ID);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readInt(); // bytes that follow
            return in.readInt() == CORRELATION && in.readShort() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
