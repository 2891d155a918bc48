-- Everything that is to be told of a partition. Reads only.
--
-- KEYS[1] the partition's builds   2 never there, so that a cluster that is moving the slot does not run this
-- ARGV    1 the partition's tag
--
-- Answers {field, value…}: the builds, and behind them position:<build>, parked:<build>, lease:<version> of those that are used.

local answer = redis.call('HGETALL', KEYS[1])
local function say(field, value)
  answer[#answer + 1] = field
  answer[#answer + 1] = value
end
for i = 1, #answer, 2 do
  local version = string.match(answer[i], '^serving:(%d+)$') or string.match(answer[i], '^building:(%d+)$')
  if version then
    local id = version .. '.' .. answer[i + 1]
    say('position:' .. id, redis.call('GET', ARGV[1] .. id .. ':position') or '')
    say('parked:' .. id, tostring(redis.call('HLEN', ARGV[1] .. id .. ':parked')))
    say('lease:' .. version, redis.call('GET', ARGV[1] .. 'lease:' .. version) or '')
  end
end
return answer
