-- A page of entities in the order of an index, with the position that it shows. Reads only. resolve.lua comes before it.
--
-- KEYS[1] the partition's builds   2 never there
-- ARGV    1 the partition's tag   2 versions   3 the tenant, as keys have it   4 index with the candidates
--         5, 6 lowest and highest score of candidates   7 index to sort by, '' for the order of candidates
--         8 the field with the text to sort by, '' when it is not sorted by a text   9 '1' for descending   10 entities a page
--         11, 12 score and member after which the page begins, '' for the start
--         13 candidates at most where more is to be done than to walk along an index   14 kinds of hashes that come with an entity
--         15 in how many other indexes an entity must be   16… these, and those that it must not be in
--
-- Answers {position, total, rows, how many of the organisation's aggregates are left out}; {position, -1} when there are too many
-- candidates; {'', position of what is being built} when nothing answers yet. Rows are JSON, [[score, member, hash, hash…]…], because a
-- reply of some thousand values costs Redis more than all the rest.

local build, position = resolve(ARGV[1], ARGV[2])
if not build then return {'', position} end

local prefix = build .. ARGV[3]
local index = prefix .. ARGV[4]
local low, high, order, text = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local descending, limit = ARGV[9] == '1', tonumber(ARGV[10])
local after_score, after_member = ARGV[11], ARGV[12]
if order ~= '' then order = prefix .. order end
local within, without = {}, {}
for i = 16, #ARGV do
  local indexes = #within < tonumber(ARGV[15]) and within or without
  indexes[#indexes + 1] = prefix .. ARGV[i]
end

-- In pieces: a call has a bound on its arguments.
local PIECE = 1000
local LAST = '\244\143\191\191' -- sorts behind every text

local rows = {}

-- Behind the text, in an index of texts.
local function id_of(member) return string.match(member, '.*%z(.*)$') or member end

local function take(score, member)
  local id = id_of(member)
  local row = {score, member, redis.call('HGETALL', prefix .. 'e:' .. id)}
  for kind in string.gmatch(ARGV[14], '%a') do row[#row + 1] = redis.call('HGETALL', prefix .. kind .. ':' .. id) end
  rows[#rows + 1] = row
end

local function answer(total)
  return {position, total, rows[1] and cjson.encode(rows) or '[]', left_out(build, ARGV[3])}
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

-- Runs over members, of which each has a score in an index or false.
local function with_scores(members, other, visit)
  for from = 1, #members, PIECE do
    local scores = redis.call('ZMSCORE', other, unpack(members, from, math.min(#members, from + PIECE - 1)))
    for i = 1, #scores do visit(members[from + i - 1], scores[i]) end
  end
end

-- The page from so many members, of which slice(from, to) answers some in the order of the index, counted from 1.
local function page_of(size, slice)
  -- The first one behind the cursor's place in ascending order, by bisection.
  local from, to, found = 1, size + 1, false
  if after_score == '' and descending then from = to end
  while after_score ~= '' and from < to do
    local middle = math.floor((from + to) / 2)
    local member = slice(middle, middle)[1]
    local above = is_above(redis.call('ZSCORE', index, member), member)
    if above == nil then found = true end
    if above then to = middle else from = middle + 1 end
  end
  local shown = {}
  if descending then
    local last = found and from - 2 or from - 1
    if last > 0 then
      local ascending = slice(math.max(1, last - limit + 1), last)
      for i = #ascending, 1, -1 do shown[#shown + 1] = ascending[i] end
    end
  elseif from <= size then
    shown = slice(from, math.min(size, from + limit - 1))
  end
  with_scores(shown, index, function(member, score) take(score, member) end)
  return answer(size)
end

local first = redis.call('ZCOUNT', index, '-inf', '(' .. low)
if low == '-inf' then first = 0 end
local count = redis.call('ZCOUNT', index, low, high)
local ranged = low ~= '-inf' or high ~= '+inf'

if order == '' and #ARGV == 15 then
  return page_of(count, function(from, to) return redis.call('ZRANGE', index, first + from - 1, first + to - 1) end)
end

local candidates = count
if not ranged then
  for _, each in ipairs(within) do candidates = math.min(candidates, redis.call('ZCARD', each)) end
end
if candidates > tonumber(ARGV[13]) then return {position, -1} end

local function filtered(members, other, wanted)
  local kept = {}
  with_scores(members, other, function(member, score)
    if (score ~= false) == wanted then kept[#kept + 1] = member end
  end)
  return kept
end

local function filtered_by_all(members, others, wanted)
  for _, other in ipairs(others) do members = filtered(members, other, wanted) end
  return members
end

local function combined(name, indexes, ...)
  local call = {name, #indexes + 1, index, unpack(indexes)}
  for _, argument in ipairs({...}) do call[#call + 1] = argument end
  return redis.call(unpack(call))
end

local members
if ranged then
  members = count > 0 and redis.call('ZRANGE', index, first, first + count - 1) or {}
  members = filtered_by_all(filtered_by_all(members, within, true), without, false)
elseif within[1] then
  -- With the scores of the first index alone; no score is infinite, and so none times 0 is undefined.
  local weights = {}
  for i = 1, #within do weights[i] = 0 end
  members = filtered_by_all(combined('ZINTER', within, 'WEIGHTS', 1, unpack(weights)), without, false)
elseif without[1] then
  members = combined('ZDIFF', without)
else
  members = redis.call('ZRANGE', index, 0, -1)
end

if order == '' then
  return page_of(#members, function(from, to) return {unpack(members, from, to)} end)
end

-- Walks along the index of texts until the page is full; whether it got there within so many steps.
local function walk(steps)
  local wanted, shown = {}, {}
  for _, id in ipairs(members) do wanted[id] = true end
  local at, step, size = 0, 1, redis.call('ZCARD', order)
  if descending then at, step = size - 1, -1 end
  if after_member ~= '' then
    at = redis.call('ZLEXCOUNT', order, '-', (descending and '(' or '[') .. after_member)
    if descending then at = at - 1 end
  end
  while at >= 0 and at < size and #shown < limit do
    if steps < 0 then return false end
    local from, to = at, math.min(size, at + PIECE) - 1
    if descending then from, to = math.max(0, at - PIECE + 1), at end
    local places = redis.call('ZRANGE', order, from, to)
    for i = descending and #places or 1, descending and 1 or #places, step do
      if wanted[id_of(places[i])] and #shown < limit then shown[#shown + 1] = places[i] end
    end
    at, steps = at + step * PIECE, steps - PIECE
  end
  for _, member in ipairs(shown) do take('0', member) end
  return true
end

-- What a step costs is a third of what it costs to ask for a candidate's text.
local affordable = 3 * #members
if text ~= '' and limit * redis.call('ZCARD', order) < affordable * #members and walk(affordable) then return answer(#members) end

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
  local from, to = 1, size + 1
  while from < to do
    local middle = math.floor((from + to) / 2)
    if comes_before(place, page[middle]) then to = middle else from = middle + 1 end
  end
  if size == limit then page[size] = nil end
  table.insert(page, from, place)
end

if text == '' then
  with_scores(members, order, function(member, score) consider({score, member, tonumber(score)}) end)
else
  for _, id in ipairs(members) do
    local value = redis.call('HGET', prefix .. 'e:' .. id, text) or LAST
    consider({'0', value .. '\0' .. id, 0})
  end
end
for _, place in ipairs(page) do take(place[1], place[2]) end
return answer(#members)
