-- What recoveries have done to a log; no row: nothing. Every statement can be repeated.
CREATE TABLE IF NOT EXISTS log_recovery (
    log_id  SMALLINT UNSIGNED NOT NULL,
    lineage BIGINT            NOT NULL, -- another one after each recovery: events that were read before may be gone
    closed  BOOLEAN           NOT NULL, -- nothing is appended: what is missing is being brought back
    PRIMARY KEY (log_id)
) ENGINE = InnoDB;
