-- A map cut into shards, each a Go map behind a lock of its own, as programs do it to have writers
-- wait for each other less often.
--
--   local sharded = use "sharded"
--   local m = sharded.make("int", "int", 4)         -- 4 shards: a power of two
--   m:set(k, v)  local v, ok = m:get(k)  m:add(k, d)  m:delete(k)  local n = m:len()
--
-- The shard of a key is hash & (N - 1), by a hash of the library's own; the maps inside hash with
-- their own seeds. m:len() adds up shard after shard: no moment of the whole map, an approximation.
-- m[i] is the map of shard i, m.shards[i] its lock and its counters:
--   ops     operations done on it
--   waits   how many of them found the lock taken
local sharded = {}

local Shard = struct("shard", { { "ops", "i64" }, { "waits", "i64" }, { "mu", "rwmutex" } })

-- The finalizer of MurmurHash3 (public domain): every bit of n moves the low bits of the result.
local function hash_integer(n)
  n = (n ~ n >> 33) * 0xff51afd7ed558ccd
  n = (n ~ n >> 33) * 0xc4ceb9fe1a85ec53
  return n ~ n >> 33
end

-- A key's hash: integers are mixed, strings taken byte by byte.
local function hash_of(key)
  if math.type(key) == "integer" then return hash_integer(key) end
  local text = tostring(key)
  local hash = #text
  for i = 1, #text do hash = hash_integer(hash ~ text:byte(i)) end
  return hash
end

-- Takes the lock of shard i: first without waiting, so that those who had to wait are counted.
local function lock(m, i)
  local shard = m.shards[i]
  if not shard.mu:trylock() then
    atomic_add(shard, "waits", 1)
    shard.mu:lock()
  end
  atomic_add(shard, "ops", 1)
  return shard.mu
end

local function rlock(m, i)
  local shard = m.shards[i]
  if not shard.mu:tryrlock() then
    atomic_add(shard, "waits", 1)
    shard.mu:rlock()
  end
  atomic_add(shard, "ops", 1)
  return shard.mu
end

local methods = {}

-- The number of a key's shard.
function methods.shard_of(m, key) return hash_of(key) & m.count - 1 end

function methods.set(m, key, value)
  local i = m:shard_of(key)
  local mu = lock(m, i)
  m[i][key] = value
  mu:unlock()
end

function methods.add(m, key, addend)
  local i = m:shard_of(key)
  local mu = lock(m, i)
  m[i]:add(key, addend)
  mu:unlock()
end

function methods.delete(m, key)
  local i = m:shard_of(key)
  local mu = lock(m, i)
  delete(m[i], key)
  mu:unlock()
end

function methods.get(m, key)
  local i = m:shard_of(key)
  local mu = rlock(m, i)
  local value, ok = m[i]:get(key)
  mu:runlock()
  return value, ok
end

function methods.len(m)
  local sum = 0
  for i = 0, m.count - 1 do
    local mu = rlock(m, i)
    sum = sum + len(m[i])
    mu:runlock()
  end
  return sum
end

-- The sum of a counter, "ops" or "waits", over all shards. For `finally`: there it costs no step.
function methods.total(m, counter)
  local sum = 0
  for i = 0, m.count - 1 do sum = sum + m.shards[i][counter] end
  return sum
end

function sharded.make(key, elem, count)
  if count < 1 or count & count - 1 ~= 0 then
    error("sharded.make: the number of shards is a power of two")
  end
  local m = { count = count, shards = {} }
  for name, method in pairs(methods) do m[name] = method end
  for i = 0, count - 1 do
    m.shards[i] = Shard:new()
    m[i] = map.make(key, elem)
  end
  return m
end

return sharded
