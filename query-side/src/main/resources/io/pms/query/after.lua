-- What comes after a position in a list of positions, oldest first, with the position that it shows. Reads only.
--
-- KEYS[1] the partition's position
-- ARGV    1 the list   2 the position after which it begins   3 entries at most   4 where parked aggregates are
--         5 what those of the list's organisation begin with there
--
-- Answers {position, why one of them is parked or '', entry…}. Lists grow in order, so the place is found by bisection.

local position = redis.call('GET', KEYS[1])
if not position then return {''} end

local parked = ''
if redis.call('HLEN', ARGV[4]) > 0 then
  local fields = redis.call('HGETALL', ARGV[4])
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, #ARGV[5]) == ARGV[5] then parked = fields[i + 1] end
  end
end

local answer = {position, parked}
local after, low, high = tonumber(ARGV[2]), 0, redis.call('LLEN', ARGV[1])
while low < high do
  local middle = math.floor((low + high) / 2)
  if tonumber(redis.call('LINDEX', ARGV[1], middle)) > after then high = middle else low = middle + 1 end
end
for _, entry in ipairs(redis.call('LRANGE', ARGV[1], low, low + tonumber(ARGV[3]) - 1)) do answer[#answer + 1] = entry end
return answer
