-- A migration that was cut off is run again: every statement can be repeated.

-- The head of each log: the sequencer of its writers. One transaction is one packet, and it
-- starts with an update of this row, which says what the writer believed and stops the
-- packet when that is no longer so.
CREATE TABLE IF NOT EXISTS log_head (
    log_id         SMALLINT UNSIGNED NOT NULL,
    origin         VARCHAR(255)      NOT NULL, -- names the log and its history
    size           BIGINT            NOT NULL, -- number of events; the next position
    root           BINARY(32)        NOT NULL, -- RFC 6962 root of all events
    previous       BIGINT            NOT NULL, -- the size that the last update started from
    previous_root  BINARY(32)        NOT NULL, -- and the root
    epoch          BIGINT            NOT NULL, -- grows with every fence
    expected_epoch BIGINT            NOT NULL, -- the epoch that the last update started from
    recorded_time  BIGINT            NOT NULL, -- of the last event, microseconds since 1970
    frontier       VARBINARY(2048)   NOT NULL, -- RFC 6962 subtree roots, the largest first
    PRIMARY KEY (log_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Ids are 16 bytes for a UUID, else a zero byte and UTF-8 (BinaryId). Times are
-- microseconds since 1970-01-01T00:00:00Z. A command's id is event_id XOR command_index.
-- The head's frontier proves that a past event was changed, leaf_check tells which one: the
-- first 8 bytes of the leaf hash of the event's entry, as a signed big-endian number.
CREATE TABLE IF NOT EXISTS event (
    log_id         SMALLINT UNSIGNED NOT NULL,
    position       BIGINT            NOT NULL,
    recorded_time  BIGINT            NOT NULL,
    leaf_check     BIGINT            NOT NULL,
    time           BIGINT            NOT NULL,
    event_id       VARBINARY(512)    NOT NULL,
    command_index  INT               NULL,
    subject        VARBINARY(512)    NULL,
    sequence       BIGINT            NOT NULL,
    type           VARCHAR(255)      NOT NULL,
    tenant         VARCHAR(255)      NULL,
    actor          VARCHAR(255)      NULL,
    correlation_id VARBINARY(512)    NULL,
    causation_id   VARBINARY(512)    NULL,
    traceparent    VARCHAR(255)      NULL,
    metadata       BLOB              NULL,
    content_type   VARCHAR(255)      NULL,
    data           BLOB              NOT NULL,
    PRIMARY KEY (log_id, position),
    UNIQUE KEY event_subject_sequence (log_id, subject, sequence),
    UNIQUE KEY event_event_id         (log_id, event_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT = DYNAMIC;

-- The bodies of the commands in a packet, for 24 hours: they refuse the same key with
-- another body. One row a packet, keyed by the position of its first event, so that the
-- table grows at its end and an append does not pay for a second row.
CREATE TABLE IF NOT EXISTS command_bodies (
    log_id        SMALLINT UNSIGNED NOT NULL,
    position      BIGINT            NOT NULL,
    recorded_time BIGINT            NOT NULL,
    hashes        MEDIUMBLOB        NOT NULL, -- BodyHashes
    PRIMARY KEY (log_id, position)
) ENGINE = InnoDB;

-- Commands that were accepted and changed nothing.
CREATE TABLE IF NOT EXISTS receipt (
    log_id        SMALLINT UNSIGNED NOT NULL,
    command_id    BINARY(16)        NOT NULL,
    subject       VARBINARY(512)    NOT NULL,
    sequence      BIGINT            NOT NULL,
    position      BIGINT            NOT NULL,
    recorded_time BIGINT            NOT NULL,
    body_hash     BINARY(32)        NULL,
    PRIMARY KEY (log_id, command_id)
) ENGINE = InnoDB;

-- States of aggregates; they can all be deleted.
CREATE TABLE IF NOT EXISTS snapshot (
    log_id    SMALLINT UNSIGNED NOT NULL,
    subject   VARBINARY(512)    NOT NULL,
    sequence  BIGINT            NOT NULL,
    event_id  VARBINARY(512)    NOT NULL,
    time      BIGINT            NOT NULL,
    aggregate VARCHAR(255)      NULL,
    type      VARCHAR(255)      NOT NULL,
    revision  VARCHAR(255)      NULL,
    metadata  MEDIUMBLOB        NOT NULL,
    data      LONGBLOB          NOT NULL,
    PRIMARY KEY (log_id, subject, sequence)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
