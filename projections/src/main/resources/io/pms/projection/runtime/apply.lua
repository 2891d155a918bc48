-- A step of a build: what it writes and, in the last step of a batch, its new position, all at once.
--
-- KEYS[1]  the build's position
-- KEYS[2]  the partition's builds; every other key has the same hash tag
-- KEYS[3]  never there, so that a cluster that is moving the slot runs none of this
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

-- What Redis and Lua say where data, or what is to be written, are not as they should be.
local about_data = {
  '^WRONGTYPE', 'not an integer', 'not a valid float', 'would overflow', 'exceeds maximum', 'arguments must be', 'Wrong number of args',
  '^user_script:%d+: ', 'attempt to ',
}

-- Whether something could be done. A failure that says nothing of data is nobody's of those who are written here: the script ends.
local function try(what, ...)
  local done, answer = pcall(what, ...)
  if done then return true, answer end
  local problem = type(answer) == 'table' and answer.err or tostring(answer)
  for _, pattern in ipairs(about_data) do
    if string.find(problem, pattern) then return false, problem end
  end
  error(problem, 0)
end

local LAST = '\244\143\191\191' -- sorts behind every text
local tenant, prefix = '', ''

local function whole(number) return string.format('%.0f', number) end

local function is_open(state) return state.closed ~= '1' and state.done ~= '1' end

-- What a step changes in indexes is brought together by index: a call for each, however many entities it moves. By key without prefix:
-- scores and members to put in, members to take out, and how many values these are.
local puts, takes = {}, {}

local function put(index, score, member)
  local list = puts[index]
  if not list then
    list = {size = 0}
    puts[index] = list
  end
  local size = list.size
  list[size + 1], list[size + 2], list.size = score, member, size + 2
end

local function take(index, member)
  local list = takes[index]
  if not list then
    list = {size = 0}
    takes[index] = list
  end
  local size = list.size + 1
  list[size], list.size = member, size
end

-- The indexes of an entity, in groups: which fields decide its places, and what moves it, from nowhere when there is no old state. A
-- member with a text in front of the id sorts by that text. What is in front of the first colon of a key says what comes behind it, so
-- that no status and no person can look like another index.

local function indexes_by_due(task)
  local project, status = task.project, task.status
  if not status then return {'due', 'due.p:' .. project} end
  local indexes = {'due', 'due.p:' .. project, 'due.s:' .. status, 'due.p.s:' .. project .. ':' .. status}
  if task.summary == '1' then indexes[#indexes + 1] = 'due.summary' end
  local open = is_open(task)
  if open then
    indexes[#indexes + 1], indexes[#indexes + 2] = 'due.open', 'due.p.open:' .. project
    local finish = task.plannedFinish
    if finish and finish == task.flaggedFinish then indexes[#indexes + 1] = 'due.overdue' end
  end
  if not task.assignees then return indexes end
  for person in string.gmatch(task.assignees, '[^,]+') do
    indexes[#indexes + 1] = 'due.a:' .. person
    if open then indexes[#indexes + 1] = 'due.a.open:' .. person end
  end
  return indexes
end

local function move_by_due(id, old, new)
  local score, was = new.dueScore, {}
  local stays = old and old.dueScore == score
  if old then
    for _, index in ipairs(indexes_by_due(old)) do was[index] = true end
  end
  for _, index in ipairs(indexes_by_due(new)) do
    if not (stays and was[index]) then put(index, score, id) end
    was[index] = nil
  end
  for index in pairs(was) do take(index, id) end
end

local function in_both(name, entity, score, member)
  put(name, score, member)
  if entity.project then put(name .. '.p:' .. entity.project, score, member) end
end

local function move_by_start(id, _, new) in_both('start', new, new.startScore, id) end
local function move_by_created(id, _, new) in_both('created', new, new.created, id) end
local function move_by_updated(id, _, new) in_both('updated', new, new.updated, id) end

local function text_member(text, id) return (text or LAST) .. '\0' .. id end

local function move_by_wbs(id, old, new)
  if old and old.wbsKey == new.wbsKey then return end
  local index = 'wbs.p:' .. new.project
  if old then take(index, text_member(old.wbsKey, id)) end
  put(index, '0', text_member(new.wbsKey, id))
end

local function move_by_name(id, old, new)
  if old and old.nameKey == new.nameKey then return end
  if old then
    local member = text_member(old.nameKey, id)
    take('name', member)
    if new.project then take('name.p:' .. new.project, member) end
  end
  in_both('name', new, '0', text_member(new.nameKey, id))
end

local named_and_timed = {
  listed_with = 'created',
  {fields = {'nameKey'}, move = move_by_name},
  {fields = {'created'}, move = move_by_created},
  {fields = {'updated'}, move = move_by_updated},
}
local kinds = {
  task = {
    -- Events of a task that was never created are kept with it, but it is in no list.
    listed_with = 'project',
    {
      fields = {'dueScore', 'plannedFinish', 'flaggedFinish', 'status', 'closed', 'done', 'assignees', 'summary'},
      move = move_by_due,
    },
    {fields = {'startScore'}, move = move_by_start},
    {fields = {'wbsKey'}, move = move_by_wbs},
    {fields = {'nameKey'}, move = move_by_name},
    {fields = {'created'}, move = move_by_created},
    {fields = {'updated'}, move = move_by_updated},
  },
  project = named_and_timed,
  person = named_and_timed,
}

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

-- Some fields of a hash before and after others are written; an empty text takes a field away.
local function states(key, names, fields)
  local old, new = {}, {}
  local values = call('HMGET', key, unpack(names))
  for i, name in ipairs(names) do
    local value = values[i]
    if value then old[name], new[name] = value, value end
  end
  for name, value in pairs(fields) do
    if value == '' then new[name] = nil else new[name] = value end
  end
  return old, new
end

local function write(key, fields)
  local set, size, gone = {}, 0, {}
  for name, value in pairs(fields) do
    if value == '' then
      gone[#gone + 1] = name
    else
      set[size + 1], set[size + 2] = name, value
      size = size + 2
    end
  end
  if gone[1] then call('HDEL', key, unpack(gone)) end
  if size > 0 then call('HSET', key, unpack(set)) end
end

local function pairs_from(first, last)
  local fields = {}
  for i = first, last, 2 do fields[ARGV[i]] = ARGV[i + 1] end
  return fields
end

local operations = {}

function operations.entity(first, last)
  local kind, id = kinds[ARGV[first]], ARGV[first + 1]
  local key = prefix .. 'e:' .. id
  local fields = pairs_from(first + 2, last)
  local created = fields.first
  fields.first = nil
  local groups, names = touched(kind, fields)
  local old, new = states(key, names, fields)
  if not old.created then
    fields.id, fields.created, new.created = id, created, created
  end
  if fields.closed or fields.done then fields.open = is_open(new) and '1' or '0' end
  write(key, fields)
  local listed = kind.listed_with
  if not new[listed] then return end
  local new_here = not old[listed]
  for _, group in ipairs(new_here and kind or groups) do group.move(id, not new_here and old, new) end
end

-- Adds to a field of sums; one that comes to nothing goes. A sum that has no room in 64 bits stays as it is: no project has one that
-- means something, and none may stop those of others.
local function add(key, field, amount)
  if amount == 0 then return end
  local fits, sum = try(call, 'HINCRBY', key, field, whole(amount))
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
  local old, new = states(key, accounted, fields)
  if not old.status then fields.project = project end
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

-- Notes that an aggregate's events are left out from here on. A project tells of how many of its tasks its sums are behind, where that
-- can be told.
local function leave_out(id, reason)
  if call('HSETNX', build .. 'parked', tenant .. id, reason) == 0 then return end
  call('HINCRBY', build .. 'leftOut', tenant, 1)
  local known, project = try(call, 'HGET', prefix .. 'k:' .. id, 'project')
  if known and project then try(call, 'HINCRBY', prefix .. 'n:' .. project, 'leftOut', 1) end
end

function operations.park(first) leave_out(ARGV[first], ARGV[first + 1]) end

-- What cannot be written concerns its aggregate, as what cannot be folded does; the others go on.
local parked = false
local function park(id, problem)
  parked = true
  local about = {position = tonumber(ARGV[3]), sequence = 0, type = '', reason = 'it cannot be written: ' .. problem}
  leave_out(id, cjson.encode(about))
end

-- Puts into indexes, or takes out, what was brought together: values in groups of which the last is the member. In pieces: a call has a
-- bound on its arguments.
local function change_indexes(command, lists, group)
  for index, list in pairs(lists) do
    local key = prefix .. index
    for from = 1, list.size, 1000 do
      local to = math.min(list.size, from + 999)
      if not try(call, command, key, unpack(list, from, to)) then
        for i = from, to, group do
          local done, problem = try(call, command, key, unpack(list, i, i + group - 1))
          if not done then park(string.match(list[i + group - 1], '([^%z]*)$'), problem) end
        end
      end
    end
  end
end

local function finish_tenant()
  change_indexes('ZREM', takes, 1)
  change_indexes('ZADD', puts, 2)
  puts, takes = {}, {}
end

function operations.tenant(first)
  finish_tenant()
  tenant = ARGV[first]
  prefix = build .. tenant
end

local at = 12
while at <= #ARGV do
  local last = at + 1 + tonumber(ARGV[at + 1])
  local done, problem = try(operations[ARGV[at]], at + 2, last)
  if not done then park(ARGV[at + 3], problem) end
  at = last + 1
end
finish_tenant()

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
