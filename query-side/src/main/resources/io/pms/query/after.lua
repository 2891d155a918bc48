-- What comes after a position in a list of positions, oldest first, with the position that it shows. Reads only. resolve.lua comes
-- before it.
--
-- KEYS[1] the partition's builds   2 never there
-- ARGV    1 the partition's tag   2 versions   3 the tenant, as keys have it   4 the list   5 the position after which it begins
--         6 entries at most
--
-- Answers {position, why one of the organisation's aggregates is parked or '', entry…}; {'', position of what is being built} when
-- nothing answers yet. Lists grow in order, so the place is found by bisection.

local build, position = resolve(ARGV[1], ARGV[2])
if not build then return {'', position} end

local parked = ''
if left_out(build, ARGV[3]) > 0 then
  local fields = redis.call('HGETALL', build .. 'parked')
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, #ARGV[3]) == ARGV[3] then parked = fields[i + 1] end
  end
end

local answer = {position, parked}
local list = build .. ARGV[3] .. ARGV[4]
local after, low, high = tonumber(ARGV[5]), 0, redis.call('LLEN', list)
while low < high do
  local middle = math.floor((low + high) / 2)
  if tonumber(redis.call('LINDEX', list, middle)) > after then high = middle else low = middle + 1 end
end
for _, entry in ipairs(redis.call('LRANGE', list, low, low + tonumber(ARGV[6]) - 1)) do answer[#answer + 1] = entry end
return answer
