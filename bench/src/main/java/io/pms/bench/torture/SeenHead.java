package io.pms.bench.torture;

import io.pms.log.Head;
import java.util.HexFormat;

/**
 * A head that somebody read.
 *
 * @param by who; the heads of one observer are in the order in which they were read
 * @param root in hexadecimal
 */
record SeenHead(String by, long size, long epoch, long recordedTimeMicros, String root) {
    static SeenHead of(String by, Head head) {
        return new SeenHead(
                by,
                head.size(),
                head.epoch(),
                head.recordedTimeMicros(),
                HexFormat.of().formatHex(head.root()));
    }
}
