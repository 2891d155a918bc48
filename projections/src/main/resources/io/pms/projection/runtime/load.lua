-- What a worker must know of a version of a partition, of one moment. Reads only.
--
-- KEYS[1] the partition's builds   2 never there, so that a cluster that is moving the slot does not run this
-- ARGV    1 the partition's tag   2 the version
--
-- Answers {generation that serves or '', its position or '', {parked aggregate…}, the same of the one that is being built}.

local function state(role)
  local generation = redis.call('HGET', KEYS[1], role .. ':' .. ARGV[2])
  if not generation then return '', '', {} end
  local build = ARGV[1] .. ARGV[2] .. '.' .. generation .. ':'
  return generation, redis.call('GET', build .. 'position') or '', redis.call('HKEYS', build .. 'parked')
end

local serving, position, parked = state('serving')
local building, reached, left_out = state('building')
return {serving, position, parked, building, reached, left_out}
