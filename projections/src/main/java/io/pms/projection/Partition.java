package io.pms.projection;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A share of the tenants. All keys of one partition of one projection's version carry one hash tag,
 * so that a Redis Cluster keeps them in one place and one script may touch them all.
 *
 * @param number 0 to {@link #COUNT} - 1
 */
public record Partition(String projection, int version, int number) {
    /** Fixed for ever for a version of a projection: another number means other keys. */
    public static final int COUNT = 8;

    public static Partition of(Projection projection, int number) {
        return new Partition(projection.name(), projection.version(), number);
    }

    /** The partition that a tenant's data is in: the same in every process and for ever. */
    public static int numberOf(String tenant) {
        CRC32 hash = new CRC32();
        hash.update(tenant.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % COUNT);
    }

    public static Partition of(Projection projection, String tenant) {
        return of(projection, numberOf(tenant));
    }

    /** What all keys of the partition begin with. */
    String tag() {
        return "{" + projection + ":" + version + ":" + number + "}:";
    }

    /** Where the partition's {@link StoredPosition} is. */
    public String positionKey() {
        return tag() + "position";
    }

    /** Aggregates whose events could not be taken: {@link #parkedField} to the reason. */
    public String parkedKey() {
        return tag() + "parked";
    }

    /** The field of {@link #parkedKey} for an organisation's aggregate. */
    public static String parkedField(String tenant, String aggregateId) {
        return tenant.length() + ":" + tenant + ":" + aggregateId;
    }

    /**
     * What the keys of one tenant begin with. The length in front keeps tenants apart whatever
     * their names contain.
     */
    public String prefix(String tenant) {
        return tag() + tenant.length() + ":" + tenant + ":";
    }
}
