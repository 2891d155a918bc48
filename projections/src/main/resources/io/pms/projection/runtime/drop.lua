-- Takes keys of a retired build away; Redis frees them in the background.
--
-- KEYS[1]  the partition's builds
-- KEYS[2]  the lease of the build's version
-- KEYS[3…] what goes, at most some hundreds
-- ARGV     1 the version   2 the generation   3 '1' when there is no more of it
--
-- Answers 1, or 0 without having done anything when the build is in use: older software may still feed and read what newer software has
-- replaced.

local call = redis.call
local version, generation = ARGV[1], ARGV[2]
local id = version .. '.' .. generation
if call('HEXISTS', KEYS[1], 'retired:' .. id) == 0 then return 0 end
for _, role in ipairs({'serving:', 'building:'}) do
  if call('HGET', KEYS[1], role .. version) == generation then
    if call('EXISTS', KEYS[2]) == 1 then return 0 end
    call('HDEL', KEYS[1], role .. version)
  end
end
for i = 3, #KEYS do call('UNLINK', KEYS[i]) end
if ARGV[3] == '1' then call('HDEL', KEYS[1], 'retired:' .. id) end
return 1
