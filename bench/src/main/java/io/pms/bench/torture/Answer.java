package io.pms.bench.torture;

/**
 * What somebody who repeated a command was told of the first time.
 *
 * @param bodyHash in hexadecimal
 */
record Answer(Key key, String aggregateId, long sequence, long position, String bodyHash) {
    /** Nothing was there, although the append said that the command was accepted before. */
    static Answer none(Key key) {
        return new Answer(key, "-", -1, -1, "-");
    }
}
