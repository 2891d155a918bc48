-- One event of a task: its hash, and its places in the indexes by due date, start, creation, change, name and work breakdown structure.
-- What is there afterwards is what the platform's own projection makes of the same events. Every task begins with its creation.
--
-- KEYS[1] the task's hash
-- ARGV    1 what the tenant's keys begin with   2 the task's id   3 when it happened   4… fields and values; an empty text takes one away

local call = redis.call
local prefix, id = ARGV[1], ARGV[2]
local LAST = '\244\143\191\191' -- sorts behind every text

local changes, set, gone = {}, {}, {}
local function change(field, value)
  changes[field] = value
  if value == '' then
    gone[#gone + 1] = field
  else
    set[#set + 1] = field
    set[#set + 1] = value
  end
end
for i = 4, #ARGV, 2 do change(ARGV[i], ARGV[i + 1]) end

local is_new = changes.project ~= nil
if is_new then
  change('id', id)
  change('created', ARGV[3])
end

local function open(task) return task.closed ~= '1' and task.done ~= '1' end

local is_due_moved = changes.dueScore or changes.status or changes.closed or changes.done or changes.assignees

-- Places of a task in the indexes that the event has a say in: index to score and member.
local function places(task)
  local at = {}
  local function put(index, score, member) at[index] = {score, member} end
  local function put_both(index, score, member)
    put(index, score, member)
    put(index .. '.p:' .. task.project, score, member)
  end
  if is_due_moved then
    local score = task.dueScore
    put_both('due', score, id)
    put('due.s:' .. task.status, score, id)
    put('due.p.s:' .. task.project .. ':' .. task.status, score, id)
    if open(task) then
      put('due.open', score, id)
      put('due.p.open:' .. task.project, score, id)
    end
    for person in string.gmatch(task.assignees or '', '[^,]+') do
      put('due.a:' .. person, score, id)
      if open(task) then put('due.a.open:' .. person, score, id) end
    end
  end
  if changes.startScore then put_both('start', task.startScore, id) end
  if changes.wbsKey then put('wbs.p:' .. task.project, '0', (task.wbsKey or LAST) .. '\0' .. id) end
  if changes.nameKey then put_both('name', '0', (task.nameKey or LAST) .. '\0' .. id) end
  if changes.created then put_both('created', task.created, id) end
  if changes.updated then put_both('updated', task.updated, id) end
  return at
end

local names = {'project', 'updated'}
local function need(...)
  for _, name in ipairs({...}) do names[#names + 1] = name end
end
if is_due_moved then need('dueScore', 'status', 'closed', 'done', 'assignees') end
if changes.startScore then need('startScore') end
if changes.wbsKey then need('wbsKey') end
if changes.nameKey then need('nameKey') end

local task, before = {}, {}
if not is_new then
  for i, value in ipairs(call('HMGET', KEYS[1], unpack(names))) do
    if value then task[names[i]] = value end
  end
  before = places(task)
end
for field, value in pairs(changes) do task[field] = value ~= '' and value or nil end
local after = places(task)

if changes.closed or changes.done then
  set[#set + 1] = 'open'
  set[#set + 1] = open(task) and '1' or '0'
end
if #gone > 0 then call('HDEL', KEYS[1], unpack(gone)) end
call('HSET', KEYS[1], unpack(set))

for index, was in pairs(before) do
  local is = after[index]
  if not is or is[2] ~= was[2] then call('ZREM', prefix .. index, was[2]) end
end
for index, is in pairs(after) do
  local was = before[index]
  if not was or was[1] ~= is[1] or was[2] ~= is[2] then call('ZADD', prefix .. index, is[1], is[2]) end
end
