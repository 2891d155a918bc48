-- A migration that was cut off is run again: every statement can be repeated.

-- How far each policy has got along the log. Axon's JdbcTokenStore reads and writes it; a
-- processor's name begins with its log's id.
CREATE TABLE IF NOT EXISTS policy_token (
    processor VARCHAR(255) NOT NULL,
    segment   INT          NOT NULL,
    token     BLOB         NULL,
    type      VARCHAR(255) NULL,
    time      VARCHAR(64)  NOT NULL, -- of the claim's last extension, ISO 8601
    owner     VARCHAR(255) NULL,     -- the process that has claimed the segment
    PRIMARY KEY (processor, segment)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The identity of the token store, which Axon would make when it is first asked for: several
-- processes that start for the first time would each try, and all but one fail.
INSERT INTO policy_token (processor, segment, token, type, time)
SELECT '__config', 0, CONCAT('{"config":{"id":"', UUID(), '"}}'),
    'org.axonframework.eventhandling.tokenstore.ConfigToken', '1970-01-01T00:00:00Z'
FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM policy_token WHERE processor = '__config' AND segment = 0);

-- What policies want to be woken for. db-scheduler reads and writes it, times are in UTC; a
-- task's name begins with its log's id.
CREATE TABLE IF NOT EXISTS policy_deadline (
    task_name            VARCHAR(100) NOT NULL, -- the policy
    task_instance        VARCHAR(100) NOT NULL, -- what it watches
    task_data            BLOB         NULL,
    execution_time       DATETIME(6)  NOT NULL,
    picked               BOOLEAN      NOT NULL,
    picked_by            VARCHAR(50)  NULL,
    last_success         DATETIME(6)  NULL,
    last_failure         DATETIME(6)  NULL,
    consecutive_failures INT          NULL,
    last_heartbeat       DATETIME(6)  NULL,
    version              BIGINT       NOT NULL,
    PRIMARY KEY (task_name, task_instance),
    KEY policy_deadline_execution_time (execution_time),
    KEY policy_deadline_last_heartbeat (last_heartbeat)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
