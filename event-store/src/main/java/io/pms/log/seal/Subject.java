package io.pms.log.seal;

import io.pms.entry.BinaryId;
import io.pms.entry.PersonIds;
import io.pms.event.Personal;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A person whom texts are about, within an organisation.
 *
 * @param tenant the organisation; empty for events that have none
 * @param id opaque
 */
record Subject(String tenant, String id) {
    /** Nobody's key tells whether a process has the master keys of a log. */
    static final Subject NOBODY = new Subject("", "");

    static Subject of(String tenant, Personal text) {
        return new Subject(tenant, text.subject());
    }

    /** The aggregate that tells of an erasure, as the log stores its id. */
    byte[] record() {
        return BinaryId.toBytes(PersonIds.erasureId(tenant, id));
    }

    /** Binds what is encrypted to this person and one of their keys: it opens nowhere else. */
    byte[] context(String purpose, String keyId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : new String[] {purpose, tenant, id, keyId}) out.writeUTF(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Without the person's id: this is for logs. */
    @Override
    public String toString() {
        return "a person of \"" + tenant + "\"";
    }
}
