package io.pms.objects;

/**
 * An object to write. A folder keeps its bytes only.
 *
 * @param bytes all of them; not copied, so they must not change while they are written
 * @param contentType for example {@code application/octet-stream}
 * @param cacheControl for whoever serves the object, for example {@code no-cache}
 * @param permanent whether it will never be replaced or deleted, so that the write locks it for the
 *     time of {@link ObjectStoreSettings#retention}
 */
public record NewObject(
        String key, byte[] bytes, String contentType, String cacheControl, boolean permanent) {
    /**
     * @throws IllegalArgumentException when it is too large or its key is none
     */
    public NewObject {
        Keys.check(key);
        if (bytes.length > ObjectStore.MAX_OBJECT_BYTES)
            throw new IllegalArgumentException(
                    key
                            + " has "
                            + bytes.length
                            + " bytes; "
                            + ObjectStore.MAX_OBJECT_BYTES
                            + " are allowed");
    }
}
