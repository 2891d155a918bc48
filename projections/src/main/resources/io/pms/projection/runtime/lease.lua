-- Takes, keeps or gives back the right to feed a version of a partition. Who feeds it without that right only wastes work: what keeps
-- the data right is the position.
--
-- KEYS[1] the lease
-- ARGV    1 who   2 'take', 'keep' or 'give'   3 milliseconds that it holds
--
-- Answers 1 when it is theirs now.

local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
if ARGV[2] == 'give' then
  if holder then redis.call('DEL', KEYS[1]) end
  return 0
end
if ARGV[2] == 'keep' then return redis.call('PEXPIRE', KEYS[1], ARGV[3]) end -- also where there is no room for more
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1
