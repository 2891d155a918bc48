-- Takes a partition to build it again: its position goes at once, and so it answers no query.
--
-- KEYS[1] where the position is
-- KEYS[2] where the claim is
-- ARGV    1 the position that was seen, '' for none   2 the claim: a text that nobody else has   3 milliseconds that it holds
--
-- Answers 1, or 0 without having done anything when somebody else has begun, or has finished meanwhile.

-- A claim is one of this run of this server. A restart may have lost what was cleared under an older one.
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')

if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
local held = redis.call('GET', KEYS[2])
if held and string.match(held, '%x+$') == run then return 0 end
redis.call('SET', KEYS[2], ARGV[2] .. ' ' .. run, 'PX', ARGV[3])
redis.call('DEL', KEYS[1])
return 1
