package io.pms.objects;

/**
 * An object as it was read.
 *
 * @param bytes all of them; not copied
 * @param version the store's tag for these bytes at this key (S3: the ETag, with its quotes), for
 *     {@link Condition#ifVersion}
 */
public record StoredObject(byte[] bytes, String version) {}
