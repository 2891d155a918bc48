package io.pms.tlog;

import java.util.Arrays;

/** Keys that are the same in every test and known to nobody as secrets. */
final class Keys {
    static final NoteSigner LOG = NoteSigner.fromSeed("example.com/log", seed(1));
    static final NoteSigner OTHER_LOG = NoteSigner.fromSeed("example.com/other", seed(2));

    /** The same name with another key. */
    static final NoteSigner IMPOSTOR = NoteSigner.fromSeed("example.com/log", seed(3));

    static final Cosigner WITNESS = Cosigner.fromSeed("witness.example/w1", seed(4));
    static final Cosigner SECOND_WITNESS = Cosigner.fromSeed("witness.example/w2", seed(5));

    private Keys() {}

    static byte[] seed(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return seed;
    }
}
