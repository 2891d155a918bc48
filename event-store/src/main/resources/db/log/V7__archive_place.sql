-- Which place the row of an archive is about: NULL for one that was not told. MySQL knows no ADD
-- COLUMN IF NOT EXISTS, and every statement can be repeated.
SET @pms_sql = (
    SELECT IF(COUNT(*) = 0, 'ALTER TABLE archive ADD COLUMN place BINARY(32) NULL', 'DO 0')
    FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'archive' AND column_name = 'place'
);
PREPARE pms_statement FROM @pms_sql;
EXECUTE pms_statement;
DEALLOCATE PREPARE pms_statement;
