-- Which build answers: the newest of the versions that the reader knows which serves. To be put in front of a script that reads.
--
-- KEYS[1] the partition's builds   2 never there, so that a cluster that is moving the slot does not run this
-- tag     the partition's tag
-- versions that the reader knows, the newest first, with spaces between
--
-- Answers what the keys of the build begin with, its position and its version; nothing, how far the newest one is that is being
-- built, and nothing when none serves.

local function resolve(tag, versions)
  local reached
  for version in string.gmatch(versions, '%d+') do
    for _, role in ipairs({'serving', 'building'}) do
      local generation = redis.call('HGET', KEYS[1], role .. ':' .. version)
      if generation then
        local build = tag .. version .. '.' .. generation .. ':'
        local position = redis.call('GET', build .. 'position')
        if role == 'serving' and position and position ~= '' then return build, position, tonumber(version) end
        reached = reached or position
      end
    end
  end
  return nil, reached or '', nil
end

-- How many aggregates of an organisation a build leaves out.
--
-- build   what the build's keys begin with
-- tenant  as keys have it

local function left_out(build, tenant) return tonumber(redis.call('HGET', build .. 'leftOut', tenant) or '0') end
