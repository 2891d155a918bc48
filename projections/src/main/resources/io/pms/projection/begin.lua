-- Gives a partition that was cleared its first position, and gives the claim back.
--
-- KEYS[1] where the position is
-- KEYS[2] where the claim is
-- ARGV    1 the claim   2 the position
--
-- Answers 1, or 0 without having done anything when the claim is lost, as in clear.lua.

local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if redis.call('GET', KEYS[2]) ~= ARGV[1] .. ' ' .. run then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('DEL', KEYS[2])
return 1
