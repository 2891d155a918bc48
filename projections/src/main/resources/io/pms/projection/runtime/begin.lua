-- Begins to build a version of a partition from the log's beginning, on keys that nobody has used.
--
-- KEYS[1] the partition's builds   2 never there, so that a cluster that is moving the slot does not run this
-- ARGV    1 the partition's tag   2 the version   3, 4 the generations that serve and are being built, as they were seen, '' for none
--         5 '1' when what serves goes on serving, '0' when it is worthless   6 the position to begin with
--
-- Answers the generation, or 0 without having done anything when it is not as it was seen: somebody else has begun.

local call = redis.call
local version = ARGV[2]
local function has(role) return call('HGET', KEYS[1], role .. ':' .. version) or '' end
if has('serving') ~= ARGV[3] or has('building') ~= ARGV[4] then return 0 end

-- At once, not after a while: nobody can read it.
local function give_up(role, generation)
  if generation == '' then return end
  call('HDEL', KEYS[1], role .. ':' .. version)
  call('HSET', KEYS[1], 'retired:' .. version .. '.' .. generation, '0')
end

local generation = call('HINCRBY', KEYS[1], 'generations', 1)
if ARGV[5] == '0' then give_up('serving', ARGV[3]) end
give_up('building', ARGV[4])
call('HSET', KEYS[1], 'building:' .. version, generation)
call('SET', ARGV[1] .. version .. '.' .. generation .. ':position', ARGV[6])
return generation
