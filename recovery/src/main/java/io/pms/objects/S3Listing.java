package io.pms.objects;

import io.pms.objects.ObjectStoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One list of a bucket's keys, from as many of its pages as that takes. */
final class S3Listing {
    /** A page may come with fewer keys than asked for, but not for ever. */
    private static final int MAX_PAGES = 100;

    private final S3Client s3;
    private final Place.Bucket place;
    private final String prefix;
    private final int limit;
    private final List<String> keys = new ArrayList<>();
    private @Nullable String last;

    S3Listing(S3Client s3, Place.Bucket place, String prefix, @Nullable String after, int limit) {
        this.s3 = s3;
        this.place = place;
        this.prefix = prefix;
        this.limit = limit;
        this.last = after == null ? null : place.prefix() + after;
    }

    List<String> read() {
        for (int page = 0; page < MAX_PAGES; page++) {
            ListObjectsV2Response answer = s3.listObjectsV2(next());
            for (S3Object object : answer.contents()) take(object.key());
            if (keys.size() >= limit) return List.copyOf(keys.subList(0, limit));
            if (!Boolean.TRUE.equals(answer.isTruncated())) return List.copyOf(keys);
        }
        throw new ObjectStoreException(
                Reason.UNAVAILABLE,
                place.url(prefix),
                "the list did not end after " + MAX_PAGES + " pages");
    }

    /** Going on behind the last key needs no token, which a restarted server may not know. */
    private ListObjectsV2Request next() {
        return ListObjectsV2Request.builder()
                .bucket(place.name())
                .prefix(place.prefix() + prefix)
                .startAfter(last)
                .maxKeys(limit)
                .build();
    }

    private void take(String name) {
        if (!name.startsWith(place.prefix() + prefix)
                || (last != null && name.compareTo(last) <= 0))
            throw new ObjectStoreException(
                    Reason.REFUSED,
                    place.url(prefix),
                    "the server does not list keys in their order (" + name + ")");
        last = name;
        String key = name.substring(place.prefix().length());
        if (Keys.isKey(key)) keys.add(key);
    }
}
