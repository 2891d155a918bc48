-- One entity with the position that it shows. Reads only.
--
-- KEYS[1] the partition's position
-- ARGV    1 prefix of the tenant's keys   2 id   3 where parked aggregates are   4 kinds of hashes that come with it
--         5 what it is called among parked aggregates
--
-- Answers {position, why it is parked or '', hash, hash…}.

local position = redis.call('GET', KEYS[1])
if not position then return {''} end
local answer = {position, redis.call('HGET', ARGV[3], ARGV[5]) or '', redis.call('HGETALL', ARGV[1] .. 'e:' .. ARGV[2])}
for kind in string.gmatch(ARGV[4], '%a') do answer[#answer + 1] = redis.call('HGETALL', ARGV[1] .. kind .. ':' .. ARGV[2]) end
return answer
