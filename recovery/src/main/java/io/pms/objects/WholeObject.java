package io.pms.objects;

import io.pms.objects.ObjectStoreException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an answer to its end and proves that nothing is missing or changed: its length must be the
 * announced one, whatever the HTTP client makes of a connection that ends early, and its hash the
 * one it was stored with. What is wrong is read again by the SDK.
 */
final class WholeObject implements ResponseTransformer<GetObjectResponse, StoredObject> {
    private static final int BUFFER_BYTES = 64 << 10;

    /** Against an answer that never pauses long enough for the read timeout and never ends. */
    private final Duration timeout;

    WholeObject(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public StoredObject transform(GetObjectResponse response, AbortableInputStream in) {
        try {
            checkSize(response.contentLength());
            byte[] bytes = read(in, response.contentLength());
            checkLength(response.contentLength(), bytes.length);
            checkHash(response, bytes);
            if (response.eTag() == null)
                throw new BadAnswerException(Reason.REFUSED, "the answer has no ETag");
            return new StoredObject(bytes, response.eTag());
        } catch (IOException e) {
            throw RetryableException.create(String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkSize(@Nullable Long announced) throws IOException {
        if (announced != null && announced > ObjectStore.MAX_OBJECT_BYTES)
            throw new BadAnswerException(
                    Reason.CORRUPT, announced + " bytes are more than an object may have");
    }

    private byte[] read(InputStream in, @Nullable Long announced) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(
                        announced == null ? BUFFER_BYTES : Math.toIntExact(announced));
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = next(in, buffer); n >= 0; n = next(in, buffer)) {
            bytes.write(buffer, 0, n);
            checkSize((long) bytes.size());
            if (System.nanoTime() > end)
                throw new BadAnswerException(
                        Reason.TIMEOUT, "the answer did not end within " + timeout);
        }
        return bytes.toByteArray();
    }

    private static int next(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (SdkException e) { // its own checksum, where the server has one
            throw new BadAnswerException(Reason.CORRUPT, String.valueOf(e.getMessage()));
        }
    }

    private static void checkLength(@Nullable Long announced, int received) throws IOException {
        if (announced != null && announced != received)
            throw new BadAnswerException(
                    Reason.UNAVAILABLE,
                    "the answer ended after " + received + " of " + announced + " bytes");
    }

    /** Objects that others copied here may have lost their hash; then the length must do. */
    private static void checkHash(GetObjectResponse response, byte[] bytes) throws IOException {
        String hash = hash(response.metadata());
        if (hash == null && response.contentLength() == null)
            throw new BadAnswerException(
                    Reason.REFUSED, "the answer has neither a length nor a hash to check it by");
        if (hash != null && !hash.equalsIgnoreCase(Sha256.hex(bytes)))
            throw new BadAnswerException(
                    Reason.CORRUPT, "the bytes are not those that were stored (SHA-256)");
    }

    private static @Nullable String hash(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(S3Requests.HASH))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
