-- A page of a list of positions, newest first, with the position that it shows. Reads only.
--
-- KEYS[1] the partition's position
-- ARGV    1 the list   2 entries a page   3 the place before which the page begins, '' for the end
--
-- Answers {position, total, place of the last entry, entry…}. Lists only grow, so places stay what they are.

local position = redis.call('GET', KEYS[1])
if not position then return {''} end
local total = redis.call('LLEN', ARGV[1])
local stop = ARGV[3] == '' and total - 1 or math.min(total, tonumber(ARGV[3])) - 1
local start = math.max(0, stop - tonumber(ARGV[2]) + 1)
local answer = {position, total, start}
if stop >= 0 then
  local entries = redis.call('LRANGE', ARGV[1], start, stop)
  for i = #entries, 1, -1 do answer[#answer + 1] = entries[i] end
end
return answer
