-- A batch of one partition: what it writes and its new position, in one step.
--
-- KEYS[1]  where the position is; every other key has the same hash tag
-- ARGV[1]  the position that the batch starts from
-- ARGV[2]  the position that it ends at
-- ARGV[3…] operations: a name, the number of arguments, the arguments
--
-- Answers 1, or 0 without having written anything when the position is another.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end

-- What a failing script has written stays written. Without a position it counts as lost and is built again.
redis.call('DEL', KEYS[1])

local function whole(number) return string.format('%.0f', number) end

local function is_open(state) return state.closed ~= '1' and state.done ~= '1' end

-- The indexes that an entity is in: key -> {score, member}. A member with a text in front of the id sorts by that text.
-- What is in front of the first colon says what comes behind it, so that no status and no person can look like another index.
local indexes = {}

function indexes.task(prefix, id, task)
  local list = {}
  -- Events of a task that was never created are kept with it, but it is in no list.
  if not (task.project and task.status and task.nameKey) then return list end
  local function add(key, score, member) list[prefix .. key] = {score, member or id} end
  local open, project = is_open(task), task.project
  add('due', task.dueScore)
  add('due.p:' .. project, task.dueScore)
  add('due.s:' .. task.status, task.dueScore)
  add('due.p.s:' .. project .. ':' .. task.status, task.dueScore)
  if open then
    add('due.open', task.dueScore)
    add('due.p.open:' .. project, task.dueScore)
  end
  for _, scope in ipairs({'', '.p:' .. project}) do
    add('start' .. scope, task.startScore)
    add('created' .. scope, task.created)
    add('updated' .. scope, task.updated)
    add('name' .. scope, '0', task.nameKey .. '\0' .. id)
  end
  add('wbs.p:' .. project, '0', (task.wbsKey or '\244\143\191\191') .. '\0' .. id)
  for person in string.gmatch(task.assignees or '', '[^,]+') do
    add('due.a:' .. person, task.dueScore)
    if open then add('due.a.open:' .. person, task.dueScore) end
  end
  return list
end

local function by_name_and_time(prefix, id, entity)
  return {
    [prefix .. 'name'] = {'0', (entity.nameKey or '\244\143\191\191') .. '\0' .. id},
    [prefix .. 'created'] = {entity.created, id},
    [prefix .. 'updated'] = {entity.updated, id},
  }
end
indexes.project = by_name_and_time
indexes.person = by_name_and_time

local relevant = {
  task = {'project', 'status', 'closed', 'done', 'dueScore', 'startScore', 'created', 'updated', 'nameKey', 'wbsKey', 'assignees'},
  project = {'nameKey', 'created', 'updated'},
  person = {'nameKey', 'created', 'updated'},
}

local function read(key, names)
  local values = redis.call('HMGET', key, unpack(names))
  local state = {}
  for i, name in ipairs(names) do
    if values[i] then state[name] = values[i] end
  end
  return state
end

-- The state with fields changed, and these written to its hash. An empty text takes a field away.
local function change(key, state, first, last)
  local changed = {}
  for name, value in pairs(state) do changed[name] = value end
  local set, gone = {}, {}
  for i = first, last, 2 do
    local name, value = ARGV[i], ARGV[i + 1]
    if value == '' then
      changed[name] = nil
      gone[#gone + 1] = name
    else
      changed[name] = value
      set[#set + 1] = name
      set[#set + 1] = value
    end
  end
  if #gone > 0 then redis.call('HDEL', key, unpack(gone)) end
  if #set > 0 then redis.call('HSET', key, unpack(set)) end
  return changed
end

local operations = {}

function operations.entity(first, last)
  local kind, prefix, id = ARGV[first], ARGV[first + 1], ARGV[first + 2]
  local key = prefix .. 'e:' .. id
  local old = read(key, relevant[kind])
  local new = change(key, old, first + 3, last)
  if not new.created then
    new.created = new.updated
    redis.call('HSET', key, 'id', id, 'created', new.created)
  end
  if kind == 'task' then redis.call('HSET', key, 'open', is_open(new) and '1' or '0') end
  local before = old.created and indexes[kind](prefix, id, old) or {}
  local after = indexes[kind](prefix, id, new)
  for index, place in pairs(before) do
    if not after[index] or after[index][2] ~= place[2] then redis.call('ZREM', index, place[2]) end
  end
  for index, place in pairs(after) do
    local was = before[index]
    if not was or was[1] ~= place[1] or was[2] ~= place[2] then redis.call('ZADD', index, place[1], place[2]) end
  end
end

-- Adds to a field of sums; one that comes to nothing goes.
local function add(key, field, amount)
  if amount == 0 then return end
  if redis.call('HINCRBY', key, field, whole(amount)) == 0 then redis.call('HDEL', key, field) end
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

function operations.account(first, last)
  local prefix, project, id = ARGV[first], ARGV[first + 1], ARGV[first + 2]
  local key = prefix .. 'k:' .. id
  local old = read(key, {'summary', 'status', 'done', 'closed', 'cost', 'effort', 'percent', 'spent', 'spentHours', 'start', 'finish'})
  local new = change(key, old, first + 3, last)
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
  end
end

function operations.push(first) redis.call('RPUSH', ARGV[first], ARGV[first + 1]) end

function operations.park(first) redis.call('HSETNX', ARGV[first], ARGV[first + 1], ARGV[first + 2]) end

local at = 3
while at <= #ARGV do
  local last = at + 1 + tonumber(ARGV[at + 1])
  operations[ARGV[at]](at + 2, last)
  at = last + 1
end

redis.call('SET', KEYS[1], ARGV[2])
return 1
