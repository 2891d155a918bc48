package io.pms.objects;

import io.pms.objects.ObjectStoreException.Reason;
import io.pms.objects.PutOutcome.Refused;
import io.pms.objects.PutOutcome.Stored;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket. Conditions are headers of its requests ({@code If-None-Match}, {@code If-Match}). */
final class S3Store implements ObjectStore {
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    /**
     * S3 answers 409 when another write to the key is under way, and asks to repeat. The second
     * time that write is mostly done.
     */
    private static final int MAX_CONFLICTS = 5;

    private final Place.Bucket place;
    private final S3Client s3;
    private final S3Requests requests;
    private final S3Failures failures;
    private final ObjectStoreSettings.Timeouts timeouts;

    private S3Store(
            Place.Bucket place, S3Client s3, S3Requests requests, ObjectStoreSettings settings) {
        this.place = place;
        this.s3 = s3;
        this.requests = requests;
        this.failures = new S3Failures(place);
        this.timeouts = settings.timeouts();
    }

    static S3Store open(Place.Bucket place, ObjectStoreSettings settings) {
        return new S3Store(
                place,
                S3Clients.open(settings),
                new S3Requests(
                        place, settings.encryption(), settings.retention(), InstantSource.system()),
                settings);
    }

    @Override
    public Optional<StoredObject> get(String key) {
        Keys.check(key);
        try {
            return Optional.of(s3.getObject(requests.get(key), new WholeObject(timeouts.call())));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failures.of(key, e);
        }
    }

    @Override
    public PutOutcome put(NewObject object, Condition condition) {
        PutObjectRequest request = requests.put(object, condition);
        for (int attempt = 1; ; attempt++) {
            try {
                String version =
                        s3.putObject(request, RequestBody.fromBytes(object.bytes())).eTag();
                return new Stored(checkVersion(object.key(), version));
            } catch (SdkException e) {
                if (!isAboutTheCondition(e, condition)) throw failures.of(object.key(), e);
                PutOutcome outcome = whatIsThere(object);
                if (outcome instanceof Stored || !isConflict(e)) return outcome;
                if (attempt == MAX_CONFLICTS) throw failures.of(object.key(), e);
            }
        }
    }

    /** The SDK repeats a write whose answer was lost, and is then told that it came too late. */
    private PutOutcome whatIsThere(NewObject object) {
        Optional<StoredObject> found = get(object.key());
        return found.filter(there -> Arrays.equals(there.bytes(), object.bytes()))
                .<PutOutcome>map(there -> new Stored(there.version()))
                .orElseGet(() -> new Refused(found.orElse(null)));
    }

    /** A version that is not there at all is 404 for Amazon. */
    private static boolean isAboutTheCondition(SdkException e, Condition condition) {
        if (!(e instanceof S3Exception answer)) return false;
        return switch (condition) {
            case Condition.Always _ -> false;
            case Condition.IfAbsent _ -> isPrecondition(answer);
            case Condition.IfVersion _ ->
                    isPrecondition(answer) || answer instanceof NoSuchKeyException;
        };
    }

    private static boolean isPrecondition(S3Exception answer) {
        return answer.statusCode() == PRECONDITION_FAILED || isConflict(answer);
    }

    private static boolean isConflict(SdkException e) {
        return e instanceof S3Exception answer && answer.statusCode() == CONFLICT;
    }

    private String checkVersion(String key, @Nullable String eTag) {
        if (eTag != null) return eTag;
        throw new ObjectStoreException(
                Reason.REFUSED, place.url(key), "the server gives no ETag, which conditions need");
    }

    @Override
    public void delete(String key) {
        Keys.check(key);
        try {
            s3.deleteObject(requests.delete(key));
        } catch (NoSuchKeyException e) {
            // some servers say so, Amazon's does not
        } catch (SdkException e) {
            throw failures.of(key, e);
        }
    }

    @Override
    public List<String> list(String prefix, @Nullable String after, int limit) {
        Keys.checkPrefix(prefix);
        Keys.checkLimit(limit);
        try {
            return new S3Listing(s3, place, prefix, after, limit).read();
        } catch (SdkException e) {
            throw failures.of(prefix, e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
