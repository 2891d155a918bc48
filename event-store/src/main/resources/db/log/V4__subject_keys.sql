-- A migration that was cut off is run again: every statement can be repeated.

-- The keys that personal texts are encrypted with, one for each person of an organisation, each
-- wrapped by a master key that is not in this database. A destroyed key leaves its row, so that
-- nobody can make another.
CREATE TABLE IF NOT EXISTS subject_key (
    log_id     SMALLINT UNSIGNED NOT NULL,
    tenant     VARCHAR(255)      NOT NULL,
    subject    VARCHAR(255)      NOT NULL, -- the person's opaque id
    record     VARBINARY(512)    NOT NULL, -- the aggregate that tells of an erasure
    key_id     VARCHAR(32)       NOT NULL, -- what sealed texts call it; '' when there never was one
    master_key VARCHAR(255)      NULL,     -- the name of the one that wraps it
    wrapped    VARBINARY(4096)   NULL,     -- null when it is destroyed
    created    BIGINT            NOT NULL, -- microseconds since 1970
    erased     BIGINT            NULL,     -- position of the event that erased the person
    PRIMARY KEY (log_id, tenant, subject),
    KEY subject_key_master_key (log_id, master_key),
    KEY subject_key_record     (log_id, record)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT = DYNAMIC;

-- What was kept before texts were sealed: states of people with their names, and hashes of bodies
-- that could be guessed. All of it can be deleted.
DELETE FROM snapshot WHERE aggregate = 'Person';
DELETE FROM command_bodies;
UPDATE receipt SET body_hash = NULL;

DELIMITER //

DROP TRIGGER IF EXISTS subject_key_stays_destroyed//
CREATE TRIGGER subject_key_stays_destroyed BEFORE UPDATE ON subject_key FOR EACH ROW
BEGIN
    IF OLD.wrapped IS NULL AND NEW.wrapped IS NOT NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'pms: a destroyed key does not come back';
    END IF;
END//

DELIMITER ;
