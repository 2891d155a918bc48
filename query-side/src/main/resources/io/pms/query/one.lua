-- One entity with the position that it shows. Reads only. resolve.lua comes before it.
--
-- KEYS[1] the partition's builds   2 never there
-- ARGV    1 the partition's tag   2 versions   3 the tenant, as keys have it   4 id   5 kinds of hashes that come with it
--
-- Answers {position, why it is parked or '', hash, hash…}; {'', position of what is being built} when nothing answers yet.

local build, position = resolve(ARGV[1], ARGV[2])
if not build then return {'', position} end
local parked = redis.call('HGET', build .. 'parked', ARGV[3] .. ARGV[4]) or ''
local answer = {position, parked, redis.call('HGETALL', build .. ARGV[3] .. 'e:' .. ARGV[4])}
for kind in string.gmatch(ARGV[5], '%a') do answer[#answer + 1] = redis.call('HGETALL', build .. ARGV[3] .. kind .. ':' .. ARGV[4]) end
return answer
