-- A page of entities in the order of an index, with the position that it shows. Reads only. resolve.lua comes before it.
--
-- KEYS[1] the partition's builds
-- ARGV    1 the partition's tag   2 versions   3 the tenant, as keys have it   4 index to take candidates from
--         5, 6 lowest and highest score of candidates   7 'sorted' when the page is in the index's order, else the field to sort by
--         8 the field of texts to sort by, or ''   9 '1' for descending   10 entities a page
--         11, 12 score and member after which the page begins, '' for the start
--         13 candidates looked at when something must be filtered or sorted   14 kinds of hashes that come with an entity
--         15… conditions: a field and the value that it must have; 'assignee' looks into the list of assignees,
--             'overdue' whether an open task is flagged for the planned finish that it has
--
-- Answers {position, total, {score, member, hash, hash…}…}; {position, -1} when there are too many candidates; {'', position of what
-- is being built} when nothing answers yet.

local build, position = resolve(ARGV[1], ARGV[2])
if not build then return {'', position} end

local prefix = build .. ARGV[3]
local index = prefix .. ARGV[4]
local low, high, order, text = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local descending, limit = ARGV[9] == '1', tonumber(ARGV[10])
local after_score, after_member = ARGV[11], ARGV[12]

local answer = {position, 0}

local function take(score, member)
  local id = string.match(member, '([^%z]*)$')
  local row = {score, member, redis.call('HGETALL', prefix .. 'e:' .. id)}
  for kind in string.gmatch(ARGV[14], '%a') do row[#row + 1] = redis.call('HGETALL', prefix .. kind .. ':' .. id) end
  answer[#answer + 1] = row
end

-- Redis orders members by bytes, but this language by the server's locale, where it has one.
local by_bytes = 'Z' < 'a'

local function precedes(a, b)
  if by_bytes then return a < b end
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x < y end
  end
  return #a < #b
end

-- Whether (score, member) comes after the cursor's place in ascending order; nil when it is that place.
local function is_above(score, member)
  local a, b = tonumber(score), tonumber(after_score)
  if a ~= b then return a > b end
  if member == after_member then return nil end
  return precedes(after_member, member)
end

local first = redis.call('ZCOUNT', index, '-inf', '(' .. low)
if low == '-inf' then first = 0 end
local count = redis.call('ZCOUNT', index, low, high)

if order == 'sorted' and #ARGV == 14 then
  answer[2] = count
  local from = descending and first + count - 1 or first
  if after_score ~= '' then
    -- The first place that is above the cursor, by bisection among the places of the range.
    local a, b, found = first, first + count, false
    while a < b do
      local middle = math.floor((a + b) / 2)
      local place = redis.call('ZRANGE', index, middle, middle, 'WITHSCORES')
      local above = is_above(place[2], place[1])
      if above == nil then found = true end
      if above then b = middle else a = middle + 1 end
    end
    from = a
    if descending then from = found and a - 2 or a - 1 end
  end
  local places
  if descending then
    local start = math.max(first, from - limit + 1)
    places = from >= first and redis.call('ZRANGE', index, start, from, 'WITHSCORES') or {}
    for i = #places - 1, 1, -2 do take(places[i + 1], places[i]) end
  else
    local stop = math.min(first + count, from + limit) - 1
    places = stop >= from and redis.call('ZRANGE', index, from, stop, 'WITHSCORES') or {}
    for i = 1, #places, 2 do take(places[i + 1], places[i]) end
  end
  return answer
end

if count > tonumber(ARGV[13]) then return {position, -1} end

local function holds(id)
  for i = 15, #ARGV, 2 do
    local field, wanted = ARGV[i], ARGV[i + 1]
    if field == 'assignee' then
      local people = redis.call('HGET', prefix .. 'e:' .. id, 'assignees') or ''
      if not string.find(',' .. people .. ',', ',' .. wanted .. ',', 1, true) then return false end
    elseif field == 'overdue' then
      local task = redis.call('HMGET', prefix .. 'e:' .. id, 'open', 'plannedFinish', 'flaggedFinish')
      local overdue = task[1] == '1' and task[2] and task[2] == task[3]
      if (overdue and '1' or '0') ~= wanted then return false end
    elseif redis.call('HGET', prefix .. 'e:' .. id, field) ~= wanted then
      return false
    end
  end
  return true
end

local chosen = {}
if count > 0 then
  local places = redis.call('ZRANGE', index, first, first + count - 1, 'WITHSCORES')
  for i = 1, #places, 2 do
    local id = string.match(places[i], '([^%z]*)$')
    if holds(id) then
      local place = {places[i + 1], places[i]}
      if text ~= '' then
        place = {'0', (redis.call('HGET', prefix .. 'e:' .. id, text) or '\244\143\191\191') .. '\0' .. id}
      elseif order ~= 'sorted' then
        place = {redis.call('HGET', prefix .. 'e:' .. id, order), id}
      end
      chosen[#chosen + 1] = place
    end
  end
end
answer[2] = #chosen

table.sort(chosen, function(a, b)
  local x, y = tonumber(a[1]), tonumber(b[1])
  if x ~= y then
    if descending then return x > y end
    return x < y
  end
  if descending then return precedes(b[2], a[2]) end
  return precedes(a[2], b[2])
end)

for _, place in ipairs(chosen) do
  if limit == 0 then break end
  local above = true
  if after_score ~= '' then
    above = is_above(place[1], place[2])
    if above ~= nil and descending then above = not above end
  end
  if above then
    take(place[1], place[2])
    limit = limit - 1
  end
end
return answer
