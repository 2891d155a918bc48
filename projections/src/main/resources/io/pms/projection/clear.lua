-- Takes keys of a partition away, unless somebody has begun to fill it.
--
-- KEYS[1]  where the position is
-- KEYS[2…] what goes, at most some thousands
--
-- Answers 1, or 0 without having done anything when there is a position.

if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
return 1
