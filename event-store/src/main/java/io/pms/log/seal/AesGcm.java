package io.pms.log.seal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM (NIST SP 800-38D) with nonces of 96 random bits and tags of 128. Thread-safe. */
final class AesGcm {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    static byte[] encrypt(byte[] key, byte[] nonce, byte[] context, byte[] plain) {
        try {
            return run(Cipher.ENCRYPT_MODE, key, nonce, context, plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    /**
     * @throws AEADBadTagException when it was not encrypted with this key, nonce and context, or
     *     was changed since
     */
    static byte[] decrypt(byte[] key, byte[] nonce, byte[] context, byte[] encrypted)
            throws AEADBadTagException {
        if (nonce.length != NONCE_BYTES) throw new AEADBadTagException("not a nonce");
        try {
            return run(Cipher.DECRYPT_MODE, key, nonce, context, encrypted);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] context, byte[] data)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher.doFinal(data);
    }
}
