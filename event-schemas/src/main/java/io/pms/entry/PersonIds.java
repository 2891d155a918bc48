package io.pms.entry;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Which aggregate says that a person was erased. */
public final class PersonIds {
    /** No client can name an aggregate so: those that they make have UUIDs. */
    public static final String ERASURE = "erasure-";

    private PersonIds() {}

    /**
     * The record of a person's erasure in an organisation, whether or not the person has a record
     * of their own: an id that follows from both, and that no other aggregate can have.
     */
    public static String erasureId(String tenant, String personId) {
        String name = "person\0" + tenant + "\0" + personId;
        return ERASURE + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
