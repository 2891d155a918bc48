-- Who feeds a version of a projection: says that somebody does, or does no longer, and counts.
--
-- KEYS[1] workers by the time until which they are believed to be alive
-- ARGV    1 who   2 milliseconds, 0 when they go
--
-- Answers how many there are.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[2] == '0' then redis.call('ZREM', KEYS[1], ARGV[1]) else redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
return redis.call('ZCARD', KEYS[1])
