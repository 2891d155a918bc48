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

-- What is asked of a candidate, in one call: the fields of conditions, and what it is sorted by.
local by_field = text ~= '' and text or order ~= 'sorted' and order or nil
local fields, wanted = {}, {}
local overdue
for i = 15, #ARGV, 2 do
  if ARGV[i] == 'overdue' then
    overdue = ARGV[i + 1]
  else
    fields[#fields + 1] = ARGV[i] == 'assignee' and 'assignees' or ARGV[i]
    wanted[#fields] = ARGV[i] == 'assignee' and ',' .. ARGV[i + 1] .. ',' or ARGV[i + 1]
  end
end
local conditions = #fields
if overdue then
  for _, field in ipairs({'open', 'plannedFinish', 'flaggedFinish'}) do fields[#fields + 1] = field end
end
if by_field then fields[#fields + 1] = by_field end

local function holds(values)
  for i = 1, conditions do
    if fields[i] == 'assignees' then
      if not string.find(',' .. (values[i] or '') .. ',', wanted[i], 1, true) then return false end
    elseif values[i] ~= wanted[i] then
      return false
    end
  end
  if not overdue then return true end
  local open, planned, flagged = values[conditions + 1], values[conditions + 2], values[conditions + 3]
  return (open == '1' and planned and planned == flagged and '1' or '0') == overdue
end

-- Places are {score, member, score as a number}. Whether one comes before another in the order that is wanted.
local function comes_before(a, b)
  if descending then a, b = b, a end
  if a[3] ~= b[3] then return a[3] < b[3] end
  return precedes(a[2], b[2])
end

local function is_behind_cursor(place)
  if after_score == '' then return true end
  local above = is_above(place[1], place[2])
  if above ~= nil and descending then return not above end
  return above
end

-- The first places behind the cursor, in order: a page is short, and candidates may be many.
local page = {}
local function consider(place)
  local size = #page
  if size == limit and not comes_before(place, page[size]) or not is_behind_cursor(place) then return end
  local low, high = 1, size + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if comes_before(place, page[middle]) then high = middle else low = middle + 1 end
  end
  if size == limit then page[size] = nil end
  table.insert(page, low, place)
end

local total = 0
if count > 0 then
  local places = redis.call('ZRANGE', index, first, first + count - 1, 'WITHSCORES')
  local from, to, step = 1, #places - 1, 2
  if descending then from, to, step = to, from, -step end
  for i = from, to, step do
    local id = string.match(places[i], '([^%z]*)$')
    local values = redis.call('HMGET', prefix .. 'e:' .. id, unpack(fields))
    if holds(values) then
      total = total + 1
      local value = values[#fields]
      local score, member = places[i + 1], places[i]
      if text ~= '' then
        score, member = '0', (value or '\244\143\191\191') .. '\0' .. id
      elseif by_field then
        score, member = value, id
      end
      consider({score, member, tonumber(score)})
    end
  end
end
answer[2] = total
for _, place in ipairs(page) do take(place[1], place[2]) end
return answer
