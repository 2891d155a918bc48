package io.pms.objects;

import org.jspecify.annotations.Nullable;

/** How a server encrypts what it stores. */
public sealed interface Encryption {
    /** As the bucket says, which may be not at all. */
    record OfTheBucket() implements Encryption {}

    /** With keys of the store itself ({@code AES256}). */
    record Aes256() implements Encryption {}

    /**
     * With a key of a key management service ({@code aws:kms}).
     *
     * @param keyId null for the account's default key
     */
    record Kms(@Nullable String keyId) implements Encryption {}
}
