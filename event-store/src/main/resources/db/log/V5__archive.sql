-- How far the archive of a log is. Only for those who wait for it: the archive's own checkpoint
-- is the truth.
CREATE TABLE IF NOT EXISTS archive (
    log_id SMALLINT UNSIGNED NOT NULL,
    size   BIGINT            NOT NULL, -- entries that are behind a published checkpoint
    PRIMARY KEY (log_id)
) ENGINE = InnoDB;
