package io.pms.backup;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A backup's manifest as JSON. */
final class Manifests {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private Manifests() {}

    static byte[] write(Backup backup) {
        return MAPPER.writeValueAsBytes(backup);
    }

    /**
     * @throws BackupException when the bytes are no manifest of that backup
     */
    static Backup read(BackupName name, byte[] bytes) {
        Backup backup = parse(name, bytes);
        if (!backup.format().equals(Backup.FORMAT))
            throw new BackupException(
                    "backup %s has the format %s, which this version does not know"
                            .formatted(name, backup.format()));
        if (!backup.name().equals(name.text()))
            throw new BackupException("the manifest of backup " + name + " is another one's");
        return backup;
    }

    private static Backup parse(BackupName name, byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, Backup.class);
        } catch (JacksonException e) {
            throw new BackupException(
                    "the manifest of backup %s is damaged: %s"
                            .formatted(name, e.getOriginalMessage()),
                    e);
        }
    }
}
