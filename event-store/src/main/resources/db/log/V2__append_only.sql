-- Grants are the guarantee; these are the second line, which binds the owner too. A migration
-- that was cut off is run again: every statement can be repeated.
DELIMITER //

DROP TRIGGER IF EXISTS log_head_guard//
CREATE TRIGGER log_head_guard BEFORE UPDATE ON log_head FOR EACH ROW
BEGIN
    IF NEW.previous = -2 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'pms: command accepted before';
    END IF;
    IF NEW.previous <> OLD.size OR NEW.previous_root <> OLD.root OR NEW.expected_epoch <> OLD.epoch THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'pms: stale head';
    END IF;
    IF NEW.size < OLD.size OR NEW.epoch < OLD.epoch OR NEW.recorded_time < OLD.recorded_time
        OR NEW.origin <> OLD.origin OR NEW.log_id <> OLD.log_id THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'pms: the head of a log only grows';
    END IF;
    IF NEW.recorded_time > OLD.recorded_time
        AND NEW.recorded_time > TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) + 10000000 THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'pms: clock leads';
    END IF;
END//

DROP TRIGGER IF EXISTS log_head_keep//
CREATE TRIGGER log_head_keep BEFORE DELETE ON log_head FOR EACH ROW
BEGIN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'pms: the head of a log is never deleted';
END//

DROP TRIGGER IF EXISTS event_no_update//
CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW
BEGIN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'pms: events are never changed';
END//

DROP TRIGGER IF EXISTS event_no_delete//
CREATE TRIGGER event_no_delete BEFORE DELETE ON event FOR EACH ROW
BEGIN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'pms: events are never deleted';
END//

DELIMITER ;
