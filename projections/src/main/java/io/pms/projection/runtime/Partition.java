package io.pms.projection.runtime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A share of the tenants of one projection. All its keys carry one hash tag, whatever version of
 * the projection they belong to, so that a Redis Cluster keeps them in one place and one script may
 * touch them all.
 *
 * @param number 0 to {@link #COUNT} - 1
 */
public record Partition(String projection, int number) {
    /** Fixed for ever: another number would look for a tenant's data in another place. */
    public static final int COUNT = 8;

    /** The partition that a tenant's data is in: the same in every process and for ever. */
    public static int numberOf(String tenant) {
        CRC32 hash = new CRC32();
        hash.update(tenant.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % COUNT);
    }

    public static Partition of(String projection, String tenant) {
        return new Partition(projection, numberOf(tenant));
    }

    /** What all keys of the partition begin with. */
    public String tag() {
        return "{" + projection + ":" + number + "}:";
    }

    /**
     * Which builds there are: {@code serving:<version>} and {@code building:<version>} to a
     * generation, {@code retired:<version>.<generation>} to a time in milliseconds, {@code
     * generations} to the last one that was given out.
     */
    public String buildsKey() {
        return tag() + "builds";
    }

    /**
     * Keys of scripts that use others of the partition: a {@link #buildsKey} and one that is never
     * there. A cluster that moves the partition's slot, key by key, refuses (TRYAGAIN) whoever
     * names one that is missing; scripts would take keys that are on the other node for absent.
     */
    public List<String> keys() {
        return List.of(buildsKey(), absentKey());
    }

    private String absentKey() {
        return tag() + "absent";
    }

    /** Who feeds a version of it. */
    String leaseKey(int version) {
        return tag() + "lease:" + version;
    }

    Build build(int version, long generation) {
        return new Build(this, version, generation);
    }

    /**
     * What the keys of one tenant begin with, behind {@link Build#tag}. The length in front keeps
     * tenants apart whatever their names contain.
     */
    public static String prefix(String tenant) {
        return tenant.length() + ":" + tenant + ":";
    }

    /** The field for an organisation's aggregate in {@link Build#parkedKey}. */
    public static String parkedField(String tenant, String aggregateId) {
        return prefix(tenant) + aggregateId;
    }
}
