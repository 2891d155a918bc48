-- A page of a list of positions, newest first, with the position that it shows. Reads only. resolve.lua comes before it.
--
-- KEYS[1] the partition's builds   2 never there
-- ARGV    1 the partition's tag   2 versions   3 the tenant, as keys have it   4 the list   5 entries a page
--         6 the place before which the page begins, '' for the end   7 the aggregate that the list is of, '' for several
--
-- Answers {position, why that aggregate is parked or '', total, place of the last entry, how many of the organisation's aggregates are
-- left out, entry…}; {'', position of what is being built} when nothing answers yet.
-- Lists only grow, so places stay what they are.

local build, position = resolve(ARGV[1], ARGV[2])
if not build then return {'', position} end
local list = build .. ARGV[3] .. ARGV[4]
local total = redis.call('LLEN', list)
local stop = ARGV[6] == '' and total - 1 or math.min(total, tonumber(ARGV[6])) - 1
local start = math.max(0, stop - tonumber(ARGV[5]) + 1)
local parked = ARGV[7] ~= '' and redis.call('HGET', build .. 'parked', ARGV[3] .. ARGV[7]) or ''
local answer = {position, parked, total, start, left_out(build, ARGV[3])}
if stop >= 0 then
  local entries = redis.call('LRANGE', list, start, stop)
  for i = #entries, 1, -1 do answer[#answer + 1] = entries[i] end
end
return answer
