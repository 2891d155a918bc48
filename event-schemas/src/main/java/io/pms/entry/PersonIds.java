package io.pms.entry;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Which aggregate is a person's record. */
public final class PersonIds {
    private PersonIds() {}

    /**
     * The id of a person where that is a UUID, which nobody else has. Other ids of people, such as
     * names of accounts, are an organisation's own: an id that follows from both.
     */
    public static String recordId(String tenant, String personId) {
        if (BinaryId.uuid(personId) != null) return personId;
        String name = "person\0" + tenant + "\0" + personId;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
