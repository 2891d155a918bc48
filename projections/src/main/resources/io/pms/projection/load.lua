-- What a worker must know of a partition, of one moment. Reads only.
--
-- KEYS[1] where the position is
-- KEYS[2] where parked aggregates are
--
-- Answers {position or '', {parked aggregate…}}.

return {redis.call('GET', KEYS[1]) or '', redis.call('HKEYS', KEYS[2])}
