-- Takes keys of a partition away on behalf of whoever has claimed it.
--
-- KEYS[1]  where the claim is
-- KEYS[2…] what goes, at most some thousands
-- ARGV     1 the claim   2 milliseconds that it holds from here on
--
-- Answers 1, or 0 without having done anything when the claim is lost: its holder was paused for too long, or Redis was restarted
-- under it (its client repeats what was under way, so that nothing else tells the holder).

local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if redis.call('GET', KEYS[1]) ~= ARGV[1] .. ' ' .. run then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
return 1
