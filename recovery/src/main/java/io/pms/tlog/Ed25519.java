package io.pms.tlog;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** Ed25519 (RFC 8032) by the platform, with keys in their 32 bytes. */
final class Ed25519 {
    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    private static final String NAME = "Ed25519";

    /** 2^255 - 19: coordinates are below it. */
    private static final BigInteger PRIME =
            BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private Ed25519() {}

    /** The key pair of a seed. */
    static KeyPair keyPair(byte[] seed) {
        if (seed.length != KEY_BYTES)
            throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
            generator.initialize(NamedParameterSpec.ED25519, new SeedAsRandom(seed));
            KeyPair pair = generator.generateKeyPair();
            byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            if (!Arrays.equals(made, seed))
                throw new IllegalStateException("the platform does not make keys from seeds");
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /**
     * The platform derives public keys only while it generates pairs, from 32 random bytes that
     * become the private key (RFC 8032, section 5.1.5): these are not random.
     */
    private static final class SeedAsRandom extends SecureRandom {
        private final byte[] seed;

        SeedAsRandom(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    /** The encoding of RFC 8032: y, little-endian, with the sign of x in the highest bit. */
    static byte[] bytes(PublicKey key) {
        EdECPoint point = ((EdECPublicKey) key).getPoint();
        byte[] bigEndian = point.getY().toByteArray();
        byte[] bytes = new byte[KEY_BYTES];
        for (int i = 0; i < Math.min(bigEndian.length, KEY_BYTES); i++)
            bytes[i] = bigEndian[bigEndian.length - 1 - i];
        if (point.isXOdd()) bytes[KEY_BYTES - 1] |= (byte) 0x80;
        return bytes;
    }

    /**
     * Reads a public key.
     *
     * @throws IllegalArgumentException when it is not one
     */
    static PublicKey publicKey(byte[] bytes) {
        if (bytes.length != KEY_BYTES)
            throw new IllegalArgumentException("a public key has 32 bytes, not " + bytes.length);
        byte[] bigEndian = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) bigEndian[i] = bytes[KEY_BYTES - 1 - i];
        boolean xOdd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        if (y.compareTo(PRIME) >= 0)
            throw new IllegalArgumentException("a public key must be reduced");
        return publicKey(new EdECPoint(xOdd, y));
    }

    private static PublicKey publicKey(EdECPoint point) {
        try {
            PublicKey key =
                    KeyFactory.getInstance(NAME)
                            .generatePublic(
                                    new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
            Signature.getInstance(NAME).initVerify(key); // only this looks whether it is a point
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the public key is not a point of the curve", e);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was generated cannot sign", e);
        }
    }

    static boolean verify(PublicKey key, byte[] message, byte[] signed, int from) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed, from, signed.length - from);
        } catch (SignatureException e) {
            return false; // bytes that no signature has, for example a scalar that is not reduced
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was accepted cannot verify", e);
        }
    }
}
