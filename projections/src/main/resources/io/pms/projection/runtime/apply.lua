-- A step of a build: what it writes and, in the last step of a batch, its new position, all at once.
--
-- KEYS[1]  the build's position
-- KEYS[2]  the partition's builds; every other key has the same hash tag
-- ARGV     1 the position that the batch starts from   2 the one that it ends at, '' when more steps follow   3 its number
--          4 the partition's tag   5 the build's version   6 its generation   7 milliseconds now
--          8 the channel for news of builds that serve   9 what the partition is called there
--          10 a name for the batch that no other one has   11 which step of it this is, from 1
-- ARGV[12…] operations: a name, the number of arguments, the arguments
--
-- Answers 0 without having written anything when the position is another or the step before was not the last thing that happened here;
-- 1; 2 when the build serves from here on; 3 when what could not be written was parked instead.

local call = redis.call
local version, generation = ARGV[5], ARGV[6]
local build = ARGV[4] .. version .. '.' .. generation .. ':'

if call('GET', KEYS[1]) ~= ARGV[1] then return 0 end

-- A batch of several steps is all of them in their order, or it does not end.
local steps, step = build .. 'steps', tonumber(ARGV[11])
if step > 1 and call('HGET', steps, 'last') ~= ARGV[10] .. ' ' .. (step - 1) then return 0 end

-- What a failing script has written stays written. Without a position it counts as lost and is built again. Not deleted: Redis
-- refuses a script that needs memory it has not only before its first write.
call('SET', KEYS[1], '')

local LAST = '\244\143\191\191' -- sorts behind every text
local tenant, prefix = '', ''

local function whole(number) return string.format('%.0f', number) end

local function is_open(state) return state.closed ~= '1' and state.done ~= '1' end

-- The indexes of an entity, in groups: which fields decide its places, and the places: key, score, member. A member with a text in
-- front of the id sorts by that text. What is in front of the first colon of a key says what comes behind it, so that no status and
-- no person can look like another index.

local function in_both(put, name, task, score, member)
  put(name, score, member)
  if task.project then put(name .. '.p:' .. task.project, score, member) end
end

local function by_due(put, task, id)
  local score, project, status, open = task.dueScore, task.project, task.status, is_open(task)
  put('due', score, id)
  put('due.p:' .. project, score, id)
  if not status then return end
  put('due.s:' .. status, score, id)
  put('due.p.s:' .. project .. ':' .. status, score, id)
  if open then
    put('due.open', score, id)
    put('due.p.open:' .. project, score, id)
  end
  for person in string.gmatch(task.assignees or '', '[^,]+') do
    put('due.a:' .. person, score, id)
    if open then put('due.a.open:' .. person, score, id) end
  end
end

local function by_start(put, task, id) in_both(put, 'start', task, task.startScore, id) end
local function by_wbs(put, task, id) put('wbs.p:' .. task.project, '0', (task.wbsKey or LAST) .. '\0' .. id) end
local function by_name(put, entity, id) in_both(put, 'name', entity, '0', (entity.nameKey or LAST) .. '\0' .. id) end
local function by_created(put, entity, id) in_both(put, 'created', entity, entity.created, id) end
local function by_updated(put, entity, id) in_both(put, 'updated', entity, entity.updated, id) end

local named_and_timed = {
  listed_with = 'created',
  {fields = {'nameKey'}, places = by_name},
  {fields = {'created'}, places = by_created},
  {fields = {'updated'}, places = by_updated},
}
local kinds = {
  task = {
    -- Events of a task that was never created are kept with it, but it is in no list.
    listed_with = 'project',
    {fields = {'dueScore', 'status', 'closed', 'done', 'assignees'}, places = by_due},
    {fields = {'startScore'}, places = by_start},
    {fields = {'wbsKey'}, places = by_wbs},
    {fields = {'nameKey'}, places = by_name},
    {fields = {'created'}, places = by_created},
    {fields = {'updated'}, places = by_updated},
  },
  project = named_and_timed,
  person = named_and_timed,
}

local function read(key, names)
  local values = call('HMGET', key, unpack(names))
  local state = {}
  for i, name in ipairs(names) do
    if values[i] then state[name] = values[i] end
  end
  return state
end

-- Writes fields to a hash; an empty text takes a field away.
local function write(key, fields)
  local set, gone = {}, {}
  for name, value in pairs(fields) do
    if value == '' then
      gone[#gone + 1] = name
    else
      set[#set + 1] = name
      set[#set + 1] = value
    end
  end
  if #gone > 0 then call('HDEL', key, unpack(gone)) end
  if #set > 0 then call('HSET', key, unpack(set)) end
end

local function changed(state, fields)
  local new = {}
  for name, value in pairs(state) do new[name] = value end
  for name, value in pairs(fields) do
    if value == '' then new[name] = nil else new[name] = value end
  end
  return new
end

local function pairs_from(first, last)
  local fields = {}
  for i = first, last, 2 do fields[ARGV[i]] = ARGV[i + 1] end
  return fields
end

-- The groups of indexes that fields have a say in, and what must be known of the entity to move it in them.
local function touched(kind, fields)
  local groups, names = {}, {'created', 'project'}
  for _, group in ipairs(kind) do
    for _, field in ipairs(group.fields) do
      if fields[field] then
        groups[#groups + 1] = group
        for _, name in ipairs(group.fields) do names[#names + 1] = name end
        break
      end
    end
  end
  return groups, names
end

local place
local function put(index, score, member) place[index] = {score, member} end

local function move(group, id, old, new)
  local before, after = {}, {}
  if old then
    place = before
    group.places(put, old, id)
  end
  place = after
  group.places(put, new, id)
  for index, was in pairs(before) do
    local now = after[index]
    if not now or now[2] ~= was[2] then call('ZREM', prefix .. index, was[2]) end
  end
  for index, now in pairs(after) do
    local was = before[index]
    if not was or was[1] ~= now[1] or was[2] ~= now[2] then call('ZADD', prefix .. index, now[1], now[2]) end
  end
end

local operations = {}

function operations.tenant(first)
  tenant = ARGV[first]
  prefix = build .. tenant
end

function operations.entity(first, last)
  local kind, id = kinds[ARGV[first]], ARGV[first + 1]
  local key = prefix .. 'e:' .. id
  local fields = pairs_from(first + 2, last)
  local created = fields.first
  fields.first = nil
  local groups, names = touched(kind, fields)
  local old = read(key, names)
  if not old.created then fields.id, fields.created = id, created end
  local new = changed(old, fields)
  if fields.closed or fields.done then fields.open = is_open(new) and '1' or '0' end
  write(key, fields)
  local listed = kind.listed_with
  if not new[listed] then return end
  local new_here = not old[listed]
  for _, group in ipairs(new_here and kind or groups) do move(group, id, not new_here and old, new) end
end

-- Adds to a field of sums; one that comes to nothing goes. A sum that has no room in 64 bits stays as it is: no project has one that
-- means something, and none may stop those of others.
local function add(key, field, amount)
  if amount == 0 then return end
  local fits, sum = pcall(call, 'HINCRBY', key, field, whole(amount))
  if fits and sum == 0 then call('HDEL', key, field) end
end

local sums = {'tasks', 'summaries', 'open', 'cost', 'effort', 'earned', 'percent', 'spent', 'spentHours'}

-- What a task adds to its project's sums. A summary is counted, but its plan and its actuals sum up those below it.
local function contribution(task)
  local adds = {}
  if not task.status then return adds end
  adds.tasks = 1
  if is_open(task) then adds.open = 1 end
  if task.summary == '1' then
    adds.summaries = 1
    return adds
  end
  adds.percent = task.done == '1' and 10000 or tonumber(task.percent or 0)
  adds.cost = tonumber(task.cost or 0)
  adds.effort = tonumber(task.effort or 0)
  adds.spent = tonumber(task.spent or 0)
  adds.spentHours = tonumber(task.spentHours or 0)
  -- In two steps, because the product of both may need more than the 53 bits of a number.
  local rest = adds.cost % 10000
  adds.earned = (adds.cost - rest) / 10000 * adds.percent + math.floor(rest * adds.percent / 10000 + 0.5)
  return adds
end

local function period(task) return (task.start or '') .. '|' .. (task.finish or '') end

local accounted = {'summary', 'status', 'done', 'closed', 'cost', 'effort', 'percent', 'spent', 'spentHours', 'start', 'finish'}

function operations.account(first, last)
  local project, id = ARGV[first], ARGV[first + 1]
  local key = prefix .. 'k:' .. id
  local fields = pairs_from(first + 2, last)
  local old = read(key, accounted)
  if not old.status then fields.project = project end
  local new = changed(old, fields)
  write(key, fields)
  local before, after = contribution(old), contribution(new)
  for _, field in ipairs(sums) do
    add(prefix .. 'n:' .. project, field, (after[field] or 0) - (before[field] or 0))
  end
  if old.status ~= new.status then
    if old.status then add(prefix .. 's:' .. project, old.status, -1) end
    add(prefix .. 's:' .. project, new.status, 1)
  end
  local was, is = period(old), period(new)
  if was ~= is or before.cost ~= after.cost then
    add(prefix .. 'v:' .. project, was, -(before.cost or 0))
    add(prefix .. 'v:' .. project, is, after.cost or 0)
    -- Names what is there now: whoever has read it under this name need not read it again.
    call('HSET', prefix .. 'n:' .. project, 'plan', ARGV[10])
  end
end

-- In pieces: a call has a bound on its arguments.
function operations.push(first, last)
  for i = first + 1, last, 1000 do call('RPUSH', prefix .. ARGV[first], unpack(ARGV, i, math.min(last, i + 999))) end
end

-- Notes that an aggregate's events are left out from here on. A project tells of how many of its tasks its sums are behind.
local function leave_out(id, reason)
  if call('HSETNX', build .. 'parked', tenant .. id, reason) == 0 then return end
  local project = call('HGET', prefix .. 'k:' .. id, 'project')
  if project then call('HINCRBY', prefix .. 'n:' .. project, 'leftOut', 1) end
end

function operations.park(first) leave_out(ARGV[first], ARGV[first + 1]) end

-- Whatever cannot be written concerns its aggregate, as what cannot be folded does; the others go on.
local parked = false
local function park(first, problem)
  parked = true
  local about = {position = tonumber(ARGV[3]), sequence = 0, type = '', reason = 'it cannot be written: ' .. tostring(problem)}
  leave_out(ARGV[first + 1], cjson.encode(about))
end

local at = 12
while at <= #ARGV do
  local last = at + 1 + tonumber(ARGV[at + 1])
  local done, problem = pcall(operations[ARGV[at]], at + 2, last)
  if not done then park(at + 2, problem) end
  at = last + 1
end

if ARGV[2] == '' then
  call('SET', KEYS[1], ARGV[1])
  call('HSET', steps, 'last', ARGV[10] .. ' ' .. step)
  if tonumber(call('HGET', steps, 'dirty') or -1) < tonumber(ARGV[3]) then call('HSET', steps, 'dirty', ARGV[3]) end
  return parked and 3 or 1
end

call('SET', KEYS[1], ARGV[2])
if call('HGET', KEYS[2], 'serving:' .. version) == generation then
  call('PUBLISH', ARGV[8], ARGV[9] .. ' ' .. ARGV[2])
  return parked and 3 or 1
end
if parked then return 3 end
if call('HGET', KEYS[2], 'building:' .. version) ~= generation then return 1 end

-- Whether it takes over: it holds all that was there when it was begun, nothing of what comes later, and no less than any build of the
-- same log that it replaces.
local position, until_, origin = string.match(ARGV[2], '^(%S+) (%S+) (.*)$')
position = tonumber(position)
if position < tonumber(until_) or position < tonumber(call('HGET', steps, 'dirty') or -1) then return 1 end
local replaced = {}
local all = call('HGETALL', KEYS[2])
for i = 1, #all, 2 do
  local begun = string.match(all[i], '^building:(%d+)$')
  if begun and tonumber(begun) < tonumber(version) then replaced[#replaced + 1] = begun .. '.' .. all[i + 1] end
  local other = string.match(all[i], '^serving:(%d+)$')
  if other and tonumber(other) <= tonumber(version) then
    local id = other .. '.' .. all[i + 1]
    local theirs, of = string.match(call('GET', ARGV[4] .. id .. ':position') or '', '^(%S+) %S+ (.*)$')
    if of == origin and tonumber(theirs) > position then return 1 end
    replaced[#replaced + 1] = id
  end
end
for _, id in ipairs(replaced) do call('HSETNX', KEYS[2], 'retired:' .. id, ARGV[7]) end
call('HSET', KEYS[2], 'serving:' .. version, generation)
call('HDEL', KEYS[2], 'building:' .. version)
call('DEL', steps)
call('PUBLISH', ARGV[8], ARGV[9] .. ' ' .. ARGV[2])
return 2
